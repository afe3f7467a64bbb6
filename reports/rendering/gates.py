"""Gates and their criteria as the paper shows them: the rows of the page, in its order."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from governance.choices import inside
from readiness.choices import FindingState, Verdict
from readiness.pages.findings import Setting, by_urgency, criterion_row
from readiness.pages.recorded import sentence_after_verdict
from readiness.pages.rows import CriterionRow
from readiness.pages.words import countdown_text, date_text, number_text
from reports.rendering.contents import CriterionLine, GateLine
from reports.rendering.wording import short_day_words

Recorded = Mapping[str, Any]


def gate_line(gate: Recorded, setting: Setting, *, today: date) -> GateLine:
    """Return one recorded gate, its criteria as the page shows them, what is missed first."""
    is_open = gate["verdict"] != Verdict.NOT_OPEN
    findings = gate["findings"] if is_open else ()
    rows = [(criterion_row(each, gate_key=gate["key"], setting=setting), each) for each in findings]
    rows.sort(key=lambda pair: by_urgency(pair[0]))
    return GateLine(
        key=gate["key"],
        name=gate["name"],
        verdict=gate["verdict"],
        question=gate["question"],
        sentence=sentence_after_verdict(gate["headline"]),
        tally=tally_of(gate["counts"]),
        dates=tuple(_dates(gate, today)),
        criteria=tuple(_criterion_line(row, found, zone=setting.zone) for row, found in rows),
        in_meeting=tuple(f"{each['wording']} ({each['criterion']})" for each in gate["in_meeting"]),
    )


def _criterion_line(row: CriterionRow, finding: Recorded, *, zone: tzinfo) -> CriterionLine:
    """Return one row of the page as the paper sets it; its numbers as they are there."""
    return CriterionLine(
        key=row.key,
        wording=row.title,
        hard=row.hard,
        state=row.state,
        measured=row.measured,
        taken_over=row.of,
        due_today=row.due_today,
        target=row.target,
        line=row.line,
        trend=row.trend,
        accountable=row.accountable,
        source=row.source,
        fresh=_fresh(finding, zone=zone),
        grades=_grades(finding),
    )


def _fresh(finding: Recorded, *, zone: tzinfo) -> str:
    """Return from when to when a reported figure counts; empty for what was counted here."""
    report = finding["report"]
    if not report:
        return ""
    first, last = (
        date_text(datetime.fromisoformat(report[name]), zone=zone)
        for name in ("measured_at", "expires_at")
    )
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def _grades(finding: Recorded) -> str:
    """Return the grade of the demand, and that of its number where it differs: 'A/P'."""
    return "/".join(dict.fromkeys((finding["grade"], finding["threshold_grade"])))


def tally_of(counts: Mapping[str, int]) -> str:
    """Return how many criteria came out how: '12 met, 3 at risk'."""
    return ", ".join(
        f"{number_text(number)} {inside(FindingState(state).label)}"
        for state, number in counts.items()
    )


def _dates(gate: Recorded, today: date) -> Iterator[str]:
    """Yield the opening day while it lies ahead, and the day of the decision."""
    opens, decides = (
        date.fromisoformat(gate[name]) if gate[name] else None
        for name in ("opens_date", "decision_date")
    )
    if opens and (opens > today or gate["verdict"] == Verdict.NOT_OPEN):
        yield _("Opens %(day)s, %(distance)s") % _told(opens, today)
    if decides:
        yield _("Decision %(day)s, %(distance)s") % _told(decides, today)


def _told(day: date, today: date) -> dict[str, str]:
    return {"day": short_day_words(day), "distance": countdown_text((day - today).days)}
