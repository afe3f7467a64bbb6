"""Gates and their criteria as the paper shows them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from readiness.choices import FindingState
from readiness.pages.findings import demand_words, measured_words
from readiness.pages.recorded import people, sentence_after_verdict
from readiness.pages.words import countdown_text
from reports.rendering.contents import CriterionLine, GateLine
from reports.rendering.wording import short_day_words

Recorded = Mapping[str, Any]
WITH_REMEDY = frozenset({FindingState.MISSED, FindingState.INSUFFICIENT, FindingState.AT_RISK})
"""States whose remedy the table of criteria names; the others say it by their own word."""


def gate_line(gate: Recorded, *, today: date) -> GateLine:
    """Return one recorded gate."""
    return GateLine(
        key=gate["key"],
        name=gate["name"],
        verdict=gate["verdict"],
        question=gate["question"],
        sentence=sentence_after_verdict(gate["headline"]),
        tally=tally_of(gate["counts"]),
        dates=tuple(_dates(gate, today)),
        criteria=tuple(criterion_line(finding) for finding in gate["findings"]),
        in_meeting=tuple(f"{each['wording']} ({each['criterion']})" for each in gate["in_meeting"]),
    )


def criterion_line(finding: Recorded) -> CriterionLine:
    """Return one recorded finding; its numbers as they were recorded."""
    report = finding["report"]
    measured, taken_over = measured_words(finding)
    return CriterionLine(
        key=finding["criterion"],
        wording=finding["wording"],
        hard=finding["class"] == "HARD",
        state=finding["state"],
        measured=measured,
        taken_over=taken_over,
        due_today=demand_words(finding, "due_today") or "Not due yet",
        target=demand_words(finding, "target") or "No baseline",
        todo=finding["todo"] if finding["state"] in WITH_REMEDY else "",
        accountable=people(finding["who"]),
        source=report["source"] if report else "",
        grade=finding["grade"],
    )


def tally_of(counts: Mapping[str, int]) -> str:
    """Return how many criteria came out how: '12 met, 3 at risk'."""
    return ", ".join(f"{n:,} {FindingState(state).label.lower()}" for state, n in counts.items())


def _dates(gate: Recorded, today: date) -> Iterator[str]:
    for name, word in (("opens_date", "Opens"), ("decision_date", "Decision")):
        if gate[name] is None:
            continue
        day = date.fromisoformat(gate[name])
        if name == "decision_date" or day > today:
            yield f"{word} {short_day_words(day)}, {countdown_text((day - today).days)}"
