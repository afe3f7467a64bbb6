"""The gates of a project: the rail they stand on, and each with its criteria."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from readiness.choices import FindingState, Verdict
from readiness.pages.findings import Setting, by_urgency, criterion_row
from readiness.pages.recorded import Body, day_of, people, sentence_after_verdict
from readiness.pages.rows import CriterionRow, GateStep
from readiness.pages.words import countdown_text, counted, day_text

TROUBLED = (Verdict.NO_GO, Verdict.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class GateSection:
    """One gate with its criteria, the most urgent first; what the meeting checks is apart."""

    key: str
    name: str
    question: str
    verdict: str
    sentence: str
    summary: str
    unfolded: bool
    rows: list[CriterionRow]
    in_meeting: list[str]


def rail_of(body: Body) -> list[GateStep]:
    """Return the gates in their order, the next one to be decided marked."""
    today = day_of(body.get("local_date"))
    gates = body.get("gates", ())
    following = _next_decision(gates, today) if today else ""
    return [_step(gate, today, is_next=gate["key"] == following) for gate in gates]


def sections_of(body: Body, setting: Setting) -> list[GateSection]:
    """Return every gate that is open, with its criteria."""
    return [
        _section(gate, setting)
        for gate in body.get("gates", ())
        if gate["verdict"] != Verdict.NOT_OPEN
    ]


def _next_decision(gates: Any, today: date) -> str:
    """Return the key of the gate whose decision comes next."""
    coming = [
        (day, gate["key"])
        for gate in gates
        if (day := day_of(gate["decision_date"])) is not None and day >= today
    ]
    return min(coming)[1] if coming else ""


def _step(gate: Mapping[str, Any], today: date | None, *, is_next: bool) -> GateStep:
    is_open = gate["verdict"] != Verdict.NOT_OPEN
    name = "decision_date" if is_open else "opens_date"
    return GateStep(
        key=gate["key"],
        name=gate["name"],
        verdict=gate["verdict"],
        when=_when("decision" if is_open else "opens", day_of(gate[name]), today),
        href=f"#{gate['key']}" if is_open else "",
        current=is_next,
    )


def _when(what: str, day: date | None, today: date | None) -> str:
    if day is None or today is None:
        return "no date set"
    return f"{what} {day_text(day)}, {countdown_text((day - today).days)}"


def _section(gate: Mapping[str, Any], setting: Setting) -> GateSection:
    rows = [
        criterion_row(finding, gate_key=gate["key"], setting=setting)
        for finding in gate["findings"]
    ]
    return GateSection(
        key=gate["key"],
        name=gate["name"],
        question=gate["question"],
        verdict=gate["verdict"],
        sentence=sentence_after_verdict(gate["headline"]),
        summary=_summary(gate["counts"], len(rows)),
        unfolded=gate["is_deciding"] and gate["verdict"] in TROUBLED,
        rows=sorted(rows, key=by_urgency),
        in_meeting=[f"{each['wording']} ({people(each['who'])})" for each in gate["in_meeting"]],
    )


def _summary(counts: Mapping[str, int], total: int) -> str:
    said = [
        f"{counts[state]} {str(FindingState(state).label).lower()}"
        for state in FindingState.values
        if counts.get(state)
    ]
    return f"{counted(total, 'criterion', 'criteria')}: {', '.join(said)}"
