"""What changed in the evidence of a process since somebody signed or refused it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from readiness.pages.words import counted, day_text

MOST_NAMED = 12
Content = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: a sentence, and the codes it is about."""

    sentence: str
    codes: tuple[str, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """The evidence in a few numbers, as it is put before the signer."""

    scenarios: int
    runs: int
    tested: int
    passed: int
    defects: int


# Places in the rows of evidence version 1.
_SCENARIO_RUNS, _SCENARIO_RUN, _SCENARIO_RESULT, _SCENARIO_TESTED, _SCENARIO_PASSED = 3, 5, 6, 7, 8
_DEFECT_STATE = 2
_SETTLED = ("CLOSED", "REJECTED")


def figures_of(body: str) -> EvidenceFigures:
    """Return the numbers of one evidence."""
    content = json.loads(body)
    scenarios = content["scenarios"]
    return EvidenceFigures(
        scenarios=len(scenarios),
        runs=sum(row[_SCENARIO_RUNS] for row in scenarios),
        tested=sum(row[_SCENARIO_TESTED] for row in scenarios),
        passed=sum(row[_SCENARIO_PASSED] for row in scenarios),
        defects=sum(row[_DEFECT_STATE] not in _SETTLED for row in content["defects"]),
    )


def changes_between(signed: str, current: str, *, opening: str) -> list[Change]:
    """Return what is different now; empty when nothing is.

    `opening` says whose act it was: "You signed", "Ada Brandt refused".
    """
    if signed == current:
        return []
    before, after = json.loads(signed), json.loads(current)
    scenarios = _by_code(before["scenarios"])
    runs = sum(row[_SCENARIO_RUNS] for row in scenarios.values())
    covered = f"{opening} {counted(runs, 'run', 'runs')}"
    changes = [
        *_scenario_changes(scenarios, _by_code(after["scenarios"]), covered),
        *_defect_changes(_by_code(before["defects"]), _by_code(after["defects"])),
        *_frame_changes(before, after),
    ]
    return changes or [Change("The form in which evidence is written changed.")]


def _by_code(rows: Iterable[list[Any]]) -> dict[str, Row]:
    return {row[0]: tuple(row) for row in rows}


def _scenario_changes(before: dict[str, Row], after: dict[str, Row], covered: str) -> list[Change]:
    both = before.keys() & after.keys()
    rerun = {code for code in both if before[code][3:7] != after[code][3:7]}
    aged = {
        code
        for code in both - rerun
        if before[code][_SCENARIO_TESTED] and not after[code][_SCENARIO_TESTED]
    }
    other = {code for code in both - rerun - aged if before[code] != after[code]}
    return _said(
        (rerun, f"{covered}; {{}} changed since."),
        (aged, "{} out of date: the system changed after the run."),
        (after.keys() - before.keys(), "{} came into scope."),
        (before.keys() - after.keys(), "{} left the scope."),
        (other, "{} described differently."),
        one="scenario",
        many="scenarios",
    )


def _defect_changes(before: dict[str, Row], after: dict[str, Row]) -> list[Change]:
    both = before.keys() & after.keys()
    moved = {code for code in both if before[code] != after[code]}
    closed = {code for code in moved if after[code][_DEFECT_STATE] in _SETTLED}
    return _said(
        (after.keys() - before.keys(), "{} raised."),
        (closed, "{} closed."),
        (moved - closed, "{} changed."),
        (before.keys() - after.keys(), "{} moved to another process."),
        one="defect",
        many="defects",
    )


def _said(*groups: tuple[Iterable[str], str], one: str, many: str) -> list[Change]:
    changes = []
    for found, sentence in groups:
        codes = sorted(found)
        if codes:
            text = sentence.format(counted(len(codes), one, many))
            changes.append(Change(text, tuple(codes[:MOST_NAMED]), max(len(codes) - MOST_NAMED, 0)))
    return changes


def _frame_changes(before: Content, after: Content) -> list[Change]:
    changes = []
    if before["go_live_date"] != after["go_live_date"]:
        moved = f"from {_day(before['go_live_date'])} to {_day(after['go_live_date'])}"
        changes.append(Change(f"The go-live date moved {moved}."))
    if before["policies"] != after["policies"]:
        changes.append(Change("The policy behind the gates is another version."))
    if before["scope"] != after["scope"]:
        old, new = _by_code(before["scope"]), _by_code(after["scope"])
        codes = sorted(code for code in {*old, *new} if old.get(code) != new.get(code))
        changes.append(Change("The scope of the process changed.", tuple(codes[:MOST_NAMED])))
    return changes


def _day(text: str | None) -> str:
    return day_text(date.fromisoformat(text)) if text else "no date"
