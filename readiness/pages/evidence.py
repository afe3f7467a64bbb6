"""What changed in the evidence of a process since somebody signed or refused it."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from readiness.pages.coverage import runs_text
from readiness.pages.words import day_text
from uat.choices import DefectState, ExecutionResult

MOST_NAMED = 12
Content = Mapping[str, Any]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change: a sentence, and the codes it is about.

    `about` says what the codes are of: SCENARIOS, DEFECTS or empty; `notes` say of each code
    from what to what it went.
    """

    sentence: str
    codes: tuple[str, ...] = ()
    more: int = 0
    about: str = ""
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> list[tuple[str, str]]:
        """Return each code with what happened to it; empty where nothing more is to say."""
        return list(zip_longest(self.codes, self.notes, fillvalue=""))


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """The evidence in a few numbers, as it is put before the signer."""

    scenarios: int
    runs: int
    tested: int
    passed: int
    defects: int


# Places in the rows of a scenario and of a defect; in version 1 the run was a number of its own
# and there were no photos.
_SCENARIO_RUNS, _SCENARIO_RUN, _SCENARIO_RESULT, _SCENARIO_TESTED, _SCENARIO_PASSED = 3, 5, 6, 7, 8
_SCENARIO_PHOTOS = 9
_DEFECT_STATE = 2
_SETTLED = ("CLOSED", "REJECTED")

SCENARIOS, DEFECTS = "SCENARIOS", "DEFECTS"
_RESULTS = {"": gettext_lazy("never run"), **dict(ExecutionResult.choices)}
_STATES = dict(DefectState.choices)
_AGED = ngettext_lazy(
    "%(number)d scenario out of date: the system changed after the run.",
    "%(number)d scenarios out of date: the system changed after the run.",
    "number",
)
_PICTURED = ngettext_lazy(
    "%(number)d scenario with other photos.", "%(number)d scenarios with other photos.", "number"
)
_OPENED = ngettext_lazy(
    "%(number)d decision or assumption it waits for came up.",
    "%(number)d decisions and assumptions it waits for came up.",
    "number",
)
_SETTLED_SINCE = ngettext_lazy(
    "%(number)d decision or assumption it waited for is settled.",
    "%(number)d decisions and assumptions it waited for are settled.",
    "number",
)
_CAME = ngettext_lazy(
    "%(number)d scenario came into scope.", "%(number)d scenarios came into scope.", "number"
)
_LEFT = ngettext_lazy(
    "%(number)d scenario left the scope.", "%(number)d scenarios left the scope.", "number"
)
_DESCRIBED = ngettext_lazy(
    "%(number)d scenario described differently.",
    "%(number)d scenarios described differently.",
    "number",
)
_RAISED = ngettext_lazy("%(number)d defect raised.", "%(number)d defects raised.", "number")
_CLOSED = ngettext_lazy("%(number)d defect closed.", "%(number)d defects closed.", "number")
_CHANGED = ngettext_lazy("%(number)d defect changed.", "%(number)d defects changed.", "number")
_MOVED = ngettext_lazy(
    "%(number)d defect moved to another process.",
    "%(number)d defects moved to another process.",
    "number",
)


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


def changes_between(signed: str, current: str, *, opening: str, who: str = "") -> list[Change]:
    """Return what is different now; empty when nothing is.

    `opening` says whose act it was, with places for `who`, `runs` and `changed`:
    "You signed %(runs)s; %(changed)s."
    """
    if signed == current:
        return []
    before, after = _comparable(json.loads(signed), json.loads(current))
    scenarios = _by_code(before["scenarios"])
    covered = _Covered(opening, who, sum(row[_SCENARIO_RUNS] for row in scenarios.values()))
    changes = [
        *_scenario_changes(scenarios, _by_code(after["scenarios"]), covered),
        *_defect_changes(_by_code(before["defects"]), _by_code(after["defects"])),
        *_condition_changes(before.get("conditions", ()), after.get("conditions", ())),
        *_frame_changes(before, after),
        *_name_changes(before, after),
    ]
    return changes or [Change(_("The form in which evidence is written changed."))]


def _comparable(before: Content, after: Content) -> tuple[Content, Content]:
    """Return both without what only one of the versions has or writes otherwise."""
    if before["version"] == after["version"]:
        return before, after
    known = before.keys() & after.keys()
    return _without_runs(before, known), _without_runs(after, known)


def _without_runs(content: Content, known: Collection[str]) -> Content:
    cut = {key: content[key] for key in known}
    rows = [list(row[:_SCENARIO_PHOTOS]) for row in content["scenarios"]]
    for row in rows:
        row[_SCENARIO_RUN] = None
    return {**cut, "scenarios": rows}


@dataclass(frozen=True, slots=True)
class _Covered:
    """Say what an act covered beside what changed of it."""

    opening: str
    who: str
    runs: int

    def __mod__(self, told: Mapping[str, int]) -> str:
        changed = ngettext(
            "%(number)d scenario changed since",
            "%(number)d scenarios changed since",
            told["number"],
        )
        return self.opening % {
            "who": self.who,
            "runs": runs_text(self.runs),
            "changed": changed % told,
        }


def _by_code(rows: Iterable[list[Any]]) -> dict[str, Row]:
    return {row[0]: tuple(row) for row in rows}


def _scenario_changes(
    before: dict[str, Row], after: dict[str, Row], covered: _Covered
) -> list[Change]:
    both = before.keys() & after.keys()
    rerun = {code for code in both if before[code][3:7] != after[code][3:7]}
    aged = {
        code
        for code in both - rerun
        if before[code][_SCENARIO_TESTED] and not after[code][_SCENARIO_TESTED]
    }
    pictured = {
        code
        for code in both - rerun - aged
        if before[code][_SCENARIO_PHOTOS:] != after[code][_SCENARIO_PHOTOS:]
    }
    other = {code for code in both - rerun - aged - pictured if before[code] != after[code]}
    results = {code: (before[code], after[code]) for code in rerun}
    return _said(
        SCENARIOS,
        {
            code: _went(*rows, place=_SCENARIO_RESULT, words=_RESULTS)
            for code, rows in results.items()
        },
        (rerun, covered),
        (aged, _AGED),
        (pictured, _PICTURED),
        (after.keys() - before.keys(), _CAME),
        (before.keys() - after.keys(), _LEFT),
        (other, _DESCRIBED),
    )


def _defect_changes(before: dict[str, Row], after: dict[str, Row]) -> list[Change]:
    both = before.keys() & after.keys()
    moved = {code for code in both if before[code] != after[code]}
    closed = {code for code in moved if after[code][_DEFECT_STATE] in _SETTLED}
    states = {code: (before[code], after[code]) for code in moved - closed}
    return _said(
        DEFECTS,
        {code: _went(*rows, place=_DEFECT_STATE, words=_STATES) for code, rows in states.items()},
        (after.keys() - before.keys(), _RAISED),
        (closed, _CLOSED),
        (moved - closed, _CHANGED),
        (before.keys() - after.keys(), _MOVED),
    )


def _went(then: Row, now: Row, *, place: int, words: Mapping[str, Any]) -> str:
    """Return from what to what a row went, in words; empty where it stayed."""
    if then[place] == now[place]:
        return ""
    told = {"before": words.get(then[place], ""), "now": words.get(now[place], "")}
    return _("was: %(before)s, now: %(now)s") % told


def _said(about: str, notes: Mapping[str, str], *groups: tuple[Iterable[str], Any]) -> list[Change]:
    changes = []
    for found, sentence in groups:
        codes = sorted(found)
        if codes:
            text = sentence % {"number": len(codes)}
            more = max(len(codes) - MOST_NAMED, 0)
            named = tuple(codes[:MOST_NAMED])
            marks = tuple(notes.get(code, "") for code in named)
            changes.append(Change(text, named, more, about, marks))
    return changes


def _condition_changes(before: Iterable[list[str]], after: Iterable[list[str]]) -> list[Change]:
    """Return what the process waits for since, and what it no longer waits for."""
    then, now = ({tuple(each) for each in rows} for rows in (before, after))
    return _said(
        "",
        {},
        ({code for _noun, code in now - then}, _OPENED),
        ({code for _noun, code in then - now}, _SETTLED_SINCE),
    )


def _name_changes(before: Content, after: Content) -> list[Change]:
    """Return what of the names, the gates and the criteria set aside is different."""
    changes = []
    for key, sentence in _FRAME.items():
        if before.get(key) != after.get(key):
            changes.append(Change(str(sentence)))
    return changes


_FRAME = {
    "project": gettext_lazy("The upgrade or its platforms are called otherwise."),
    "process": gettext_lazy("The process has another code or name."),
    "gates": gettext_lazy("Other gates are concerned."),
    "set_aside": gettext_lazy("Other criteria are set aside as not applicable."),
}


def _frame_changes(before: Content, after: Content) -> list[Change]:
    changes = []
    if before["go_live_date"] != after["go_live_date"]:
        days = {"old": _day(before["go_live_date"]), "new": _day(after["go_live_date"])}
        changes.append(Change(_("The go-live date moved from %(old)s to %(new)s.") % days))
    if before["policies"] != after["policies"]:
        changes.append(Change(_("The policy behind the gates is another version.")))
    if before["scope"] != after["scope"]:
        old, new = _by_code(before["scope"]), _by_code(after["scope"])
        codes = sorted(code for code in {*old, *new} if old.get(code) != new.get(code))
        sentence = _("The scope of the process changed.")
        changes.append(Change(sentence, tuple(codes[:MOST_NAMED]), max(len(codes) - MOST_NAMED, 0)))
    return changes


def _day(text: str | None) -> str:
    return day_text(date.fromisoformat(text)) if text else _("no date")
