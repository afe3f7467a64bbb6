"""The gates of a project: the rail they stand on, and each with its criteria."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import inside
from readiness.choices import FindingState, Verdict
from readiness.pages.findings import Setting, by_urgency, criterion_row
from readiness.pages.recorded import Body, day_of, people, sentence_after_verdict
from readiness.pages.rows import CriterionRow, GateStep
from readiness.pages.words import countdown_text, day_text
from readiness.policy.outcomes import BLOCKING

TROUBLED = (Verdict.NO_GO, Verdict.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class GateSection:
    """One gate with its criteria: `red` blocks or is missed, `rows` are the others.

    One gate is unfolded: the troubled one whose decision comes next. What the meeting checks
    is apart.
    """

    key: str
    name: str
    question: str
    verdict: str
    sentence: str
    summary: str
    unfolded: bool
    red: list[CriterionRow]
    rows: list[CriterionRow]
    rows_summary: str
    in_meeting: list[str]


def rail_of(body: Body) -> list[GateStep]:
    """Return the gates in their order, the next one to be decided marked."""
    today = day_of(body.get("local_date"))
    gates = body.get("gates", ())
    following = _next_decision(gates, today) if today else ""
    return [_step(gate, today, is_next=gate["key"] == following) for gate in gates]


def sections_of(body: Body, setting: Setting) -> list[GateSection]:
    """Return every gate that is open, with its criteria."""
    gates = [gate for gate in body.get("gates", ()) if gate["verdict"] != Verdict.NOT_OPEN]
    unfolded = _most_pressing(gates, day_of(body.get("local_date")))
    return [_section(gate, setting, unfolded=gate["key"] == unfolded) for gate in gates]


def _most_pressing(gates: Iterable[Mapping[str, Any]], today: date | None) -> str:
    """Return the key of the one gate to show unfolded; empty when nothing is wrong.

    The worst verdict comes first; among equals the decision that comes next, and then the
    decision that passed last.
    """
    troubled = [gate for gate in gates if gate["is_deciding"] and gate["verdict"] in TROUBLED]
    if not troubled:
        return ""
    return str(min(troubled, key=lambda gate: _pressure(gate, today))["key"])


def _pressure(gate: Mapping[str, Any], today: date | None) -> tuple[int, bool, int]:
    day = day_of(gate["decision_date"])
    left = (day - today).days if day and today else 0
    return TROUBLED.index(Verdict(gate["verdict"])), left < 0, abs(left)


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
        when=_when(day_of(gate[name]), today, is_open=is_open),
        href=f"#{gate['key']}" if is_open else "",
        current=is_next,
    )


def _when(day: date | None, today: date | None, *, is_open: bool) -> str:
    if day is None or today is None:
        return _("no date set")
    told = {"day": day_text(day), "countdown": countdown_text((day - today).days)}
    if is_open:
        return _("decision %(day)s, %(countdown)s") % told
    return _("opens %(day)s, %(countdown)s") % told


def _section(gate: Mapping[str, Any], setting: Setting, *, unfolded: bool) -> GateSection:
    rows = [
        criterion_row(finding, gate_key=gate["key"], setting=setting)
        for finding in gate["findings"]
    ]
    rows.sort(key=by_urgency)
    red = [row for row in rows if FindingState(row.state) in BLOCKING]
    others = rows[len(red) :]
    return GateSection(
        key=gate["key"],
        name=gate["name"],
        question=gate["question"],
        verdict=gate["verdict"],
        sentence=sentence_after_verdict(gate["headline"]),
        summary=_summary(gate["counts"], len(rows)),
        unfolded=unfolded,
        red=red,
        rows=others,
        rows_summary=_summary(Counter(row.state for row in others), len(others)) if red else "",
        in_meeting=[f"{each['wording']} ({people(each['who'])})" for each in gate["in_meeting"]],
    )


def _summary(counts: Mapping[str, int], total: int) -> str:
    said = [
        f"{counts[state]} {inside(FindingState(state).label)}"
        for state in FindingState.values
        if counts.get(state)
    ]
    counted = ngettext("%(number)d criterion", "%(number)d criteria", total)
    return f"{counted % {'number': total}}: {', '.join(said)}"
