"""Recorded findings as rows of the criteria table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.choices import inside
from governance.models import Project
from governance.readings import ReadingKind
from readiness.charts.sparkline import Sparkline
from readiness.choices import Comparison, FindingState, Grade
from readiness.pages.recorded import moment_of, people
from readiness.pages.rows import CriterionRow
from readiness.pages.spoken import READERS
from readiness.pages.words import date_text, percent_text
from readiness.policy.outcomes import BLOCKING
from readiness.policy.sentences import amount_text

SIGNS = {
    Comparison.AT_LEAST: "≥ ",
    Comparison.AT_MOST: "≤ ",
    Comparison.LESS_THAN: "< ",
    Comparison.EQUAL: "= ",
    Comparison.IS_TRUE: "",
}
FULL, NOTHING = Decimal(100), Decimal(0)
Recorded = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """What all findings of one snapshot are read with.

    `earlier` maps criterion -> the measured number of about a week before, in words;
    `lines` maps criterion -> what was measured and due, week by week; `counted_at` is the
    judgement's moment in words.
    """

    project: Project
    zone: tzinfo
    counted_at: str
    earlier: Mapping[str, str]
    lines: Mapping[str, Sparkline] = field(default_factory=dict)


def criterion_row(finding: Recorded, *, gate_key: str, setting: Setting) -> CriterionRow:
    """Return one finding as the criteria table shows it."""
    key = finding["criterion"]
    text, of = measured_words(finding)
    return CriterionRow(
        key=key,
        title=finding["wording"],
        hard=finding["class"] == "HARD",
        state=finding["state"],
        measured=text,
        of=of,
        fresh=_freshness(finding, setting),
        due_today=demand_words(finding, "due_today") or _("Not due yet"),
        target=demand_words(finding, "target") or _("No baseline"),
        accountable=people(finding["who"]),
        source=_source(finding),
        grade=finding["grade"],
        grade_words=grade_words(finding),
        href=criterion_href(setting.project, gate_key, key),
        grades=grades_text(finding),
        trend=_trend(finding, setting.earlier.get(key, "")),
        note=_note(finding),
        line=setting.lines.get(key),
    )


def criterion_href(project: Project, gate_key: str, key: str) -> str:
    """Return where the rows behind a criterion's number are."""
    return reverse("readiness:criterion-detail", args=[project.public_id, gate_key, key])


def measured_words(finding: Recorded) -> tuple[str, str]:
    """Return the number as read and what it is taken over: ('88.2 %', '309 of 350 scenarios')."""
    share = share_text(finding["done"], finding["due"], finding["kind"])
    if share:
        return share, finding["measured"]
    return finding["measured"], ""


def share_text(done: int | None, due: int | None, kind: str) -> str:
    """Return a share in percent, never rounded up: 349 of 350 is 99.7 %, not 100 %."""
    if kind != ReadingKind.SHARE or not due:
        return ""
    return percent_text(done or 0, due)


def figure_text(
    kind: str, *, done: int | None, due: int | None, value: Decimal | str | None
) -> str:
    """Return a figure in few characters, to compare days: '61.7 %', '3', 'Yes'; or nothing."""
    share = share_text(done, due, kind)
    if share or value is None:
        return share
    return amount_text(Decimal(value), ReadingKind(kind), speech=READERS) if kind else ""


def _trend(finding: Recorded, before: str) -> str:
    """Return what was measured a week ago, where it was something else."""
    now = figure_text(
        finding["kind"], done=finding["done"], due=finding["due"], value=finding["value"]
    )
    if not before or before == now:
        return ""
    return _("a week ago %(figure)s") % {"figure": before}


def demand_words(finding: Recorded, name: str) -> str:
    """Return what is due today, or the target, with its sign; empty when there is none."""
    number = finding[name]
    if number is None:
        return ""
    kind, unit = ReadingKind(finding["kind"]), finding["unit"]
    amount = amount_text(Decimal(number), kind, unit, speech=READERS)
    return f"{_sign(finding, Decimal(number))}{amount}"


def demand_text(kind: str, number: Decimal | None) -> str:
    """Return what was due in few characters: '60 %', '3'; empty when nothing was."""
    if not kind or number is None:
        return ""
    return amount_text(number, ReadingKind(kind), speech=READERS)


def _sign(finding: Recorded, number: Decimal) -> str:
    """Return how a number compares, nothing where the number says all: 100 % of a share, 0 rows."""
    says_all = FULL if finding["kind"] == ReadingKind.SHARE else NOTHING
    comparison = Comparison(finding["comparison"])
    if (comparison, number) in ((Comparison.AT_LEAST, says_all), (Comparison.AT_MOST, NOTHING)):
        return ""
    return SIGNS[comparison]


def grades_text(finding: Recorded) -> str:
    """Return the grades in short: 'Grade A', or 'Grade A, number P' where they differ."""
    grade, threshold = finding["grade"], finding["threshold_grade"]
    if grade == threshold:
        return _("Grade %(grade)s") % {"grade": grade}
    return _("Grade %(grade)s, number %(threshold)s") % {"grade": grade, "threshold": threshold}


def grade_words(finding: Recorded) -> str:
    """Return how good the source is behind the demand and behind its number."""
    demand = inside(Grade(finding["grade"]).label)
    threshold = finding["threshold_grade"]
    if threshold == finding["grade"]:
        return demand
    number = inside(Grade(threshold).label)
    return _("%(demand)s; its number: %(number)s") % {"demand": demand, "number": number}


def by_urgency(row: CriterionRow) -> int:
    """Rank a row: hard misses, soft misses, at risk, accepted, then what asks for nothing."""
    if FindingState(row.state) in BLOCKING:
        return 0 if row.hard else 1
    ranks = {FindingState.AT_RISK: 2, FindingState.ACCEPTED: 3, FindingState.MET: 5}
    return ranks.get(FindingState(row.state), 4)


def _source(finding: Recorded) -> str:
    if finding["beneath"] == FindingState.NOT_REPORTED:
        return _("Nobody has reported it")
    report = finding["report"]
    return report["source"] if report else _("Counted here")


def _freshness(finding: Recorded, setting: Setting) -> str:
    report = finding["report"]
    if finding["beneath"] == FindingState.NOT_REPORTED:
        return ""
    if report is None:
        return _("counted %(moment)s") % {"moment": setting.counted_at}
    moment = moment_of(report["measured_at"])
    until = moment_of(report["expires_at"])
    said = date_text(moment, zone=setting.zone) if moment else ""
    ends = date_text(until, zone=setting.zone) if until else ""
    return _("reported %(day)s, counts until %(end)s") % {"day": said, "end": ends}


def _note(finding: Recorded) -> str:
    if finding["state"] == FindingState.MET:
        return ""
    sentence: str = finding["sentence"]
    return sentence
