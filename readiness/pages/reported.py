"""Metrics that somebody has to report, and what was reported of them.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import Role
from governance.models import Project
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_report_metric
from governance.readings import ReadingKind
from readiness.choices import FindingState, MetricOrigin
from readiness.models import Criterion, Gate, ReportedReading
from readiness.pages.spoken import policy_text
from readiness.pages.words import countdown_text, number_text

NEVER, OLD, FRESH = FindingState.NOT_REPORTED, FindingState.STALE, FindingState.MET


@dataclass(frozen=True, slots=True)
class MetricRow:
    """A metric that somebody has to report, with what was reported last."""

    metric: str
    keys: str
    wording: str
    kind: str
    hard: bool
    roles: tuple[str, ...]
    who: str
    due_date: date | None
    due: str
    value: str
    reading: ReportedReading | None
    expires: str
    state: str
    may_report: bool
    href: str


@dataclass(frozen=True, slots=True)
class MissingFigure:
    """A figure that somebody has to report."""

    project: Project
    metric: str
    wording: str
    due_date: date


@dataclass(frozen=True, slots=True)
class MetricList:
    """Every metric that has to be reported, those that are missing first."""

    rows: list[MetricRow]
    answer: str
    trail: list[Step]


@dataclass(frozen=True, slots=True)
class MetricPage:
    """One metric with everything that was reported about it, newest first."""

    row: MetricRow
    criterion: Criterion
    history: list[tuple[str, ReportedReading]]
    trail: list[Step]


def value_text(reading: ReportedReading, *, kind: str) -> str:
    """Return a reported figure as people read it."""
    if reading.value is None:
        share = {"done": number_text(reading.done or 0), "due": number_text(reading.due or 0)}
        return _("%(done)s of %(due)s") % share
    if kind == ReadingKind.YES_NO:
        return _("Yes") if reading.value else _("No")
    return number_text(reading.value)


def metric_list(seat: Seat, *, at: datetime) -> MetricList:
    """Return what has to be reported in a project: what is missing or old first."""
    rows = metric_rows(seat, at=at)
    missing = sum(row.state != FRESH for row in rows)
    said = ngettext(
        "%(number)s figure is missing or out of date, of %(all)s.",
        "%(number)s figures are missing or out of date, of %(all)s.",
        missing,
    )
    answer = said % {"number": number_text(missing), "all": number_text(len(rows))}
    return MetricList(
        rows=rows,
        answer=answer if rows else _("This project's policy asks for no reported figure."),
        trail=trail_of(seat.project, _("Reported figures")),
    )


def metric_rows(seat: Seat, *, at: datetime) -> list[MetricRow]:
    """Return a row per metric, the most urgent first."""
    project = seat.project
    readings = ReportedReading.objects.filter(project=project).newest_of_metrics()
    fetched = readings.select_related("reporter__organisation")
    newest = {reading.metric: reading for reading in fetched}
    rows = [
        _metric_row(criteria, newest.get(metric), seat=seat, at=at)
        for metric, criteria in _by_metric(_reported_criteria([project.pk]), project).items()
    ]
    return sorted(rows, key=lambda row: (row.state == FRESH, row.due_date or date.max, row.keys))


def missing_figures(
    seats: Sequence[Seat], *, at: datetime, ahead: timedelta
) -> Iterator[MissingFigure]:
    """Yield what the accounts of some seats have to report and is missing or out of date.

    Only what is due by now or within the days `ahead`; asked at once for many projects.
    """
    project_ids = [seat.project.pk for seat in seats]
    readings = ReportedReading.objects.filter(project_id__in=project_ids).newest_of_metrics()
    ends = {
        (project_id, metric): reported_at + timedelta(days=ttl_days)
        for project_id, metric, reported_at, ttl_days in readings.values_list(
            "project_id", "metric", "reported_at", "ttl_days"
        )
    }
    asked = _reported_criteria(project_ids)
    for seat in seats:
        project = seat.project
        today = at.astimezone(ZoneInfo(project.time_zone)).date()
        for metric, criteria in _by_metric(asked, project).items():
            due_date, ends_at = _due_date(project, criteria), ends.get((project.pk, metric))
            is_missing = ends_at is None or ends_at < at
            is_soon = due_date is not None and due_date - ahead <= today
            if is_missing and is_soon and due_date and _is_asked(seat, _roles(criteria)):
                yield MissingFigure(project, metric, policy_text(criteria[0].wording), due_date)


def metric_page(seat: Seat, *, metric: str, at: datetime) -> MetricPage | None:
    """Return one metric, or None when the project's policy does not ask for it."""
    asked = _reported_criteria([seat.project.pk]).get(seat.project.pk, [])
    criteria = [each for each in asked if each.metric == metric]
    if not criteria:
        return None
    readings = ReportedReading.objects.filter(project=seat.project, metric=metric)
    newest_first = list(
        readings.select_related("reporter__organisation").order_by("-reported_at", "-pk")[:50]
    )
    row = _metric_row(criteria, newest_first[0] if newest_first else None, seat=seat, at=at)
    above = Step(
        _("Reported figures"), reverse("readiness:reported-list", args=[seat.project.public_id])
    )
    return MetricPage(
        row=row,
        criterion=criteria[0],
        history=[(value_text(each, kind=row.kind), each) for each in newest_first],
        trail=trail_of(seat.project, above, criteria[0].key),
    )


def _reported_criteria(project_ids: Collection[int]) -> dict[int, list[Criterion]]:
    """Return project -> the criteria its gates ask somebody to report, in their order."""
    gates = list(Gate.objects.filter(project_id__in=project_ids))
    criteria = Criterion.objects.filter(
        policy_id__in={gate.policy_id for gate in gates}, origin=MetricOrigin.REPORTED
    )
    by_gate: dict[tuple[int, str], list[Criterion]] = {}
    for criterion in criteria.order_by("position"):
        by_gate.setdefault((criterion.policy_id, criterion.gate_key), []).append(criterion)
    found: dict[int, list[Criterion]] = {}
    for gate in sorted(gates, key=lambda each: each.position):
        found.setdefault(gate.project_id, []).extend(by_gate.get((gate.policy_id, gate.key), ()))
    return found


def _by_metric(
    asked: Mapping[int, list[Criterion]], project: Project
) -> dict[str, list[Criterion]]:
    grouped: dict[str, list[Criterion]] = {}
    for criterion in asked.get(project.pk, ()):
        grouped.setdefault(criterion.metric, []).append(criterion)
    return grouped


def _is_asked(seat: Seat, roles: tuple[str, ...]) -> bool:
    """Say whether a figure is the account's own to report, not only its right."""
    return not seat.roles.isdisjoint(roles) and may_report_metric(seat, roles)


def _roles(criteria: list[Criterion]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(role for each in criteria for role in each.accountable_roles))


def _metric_row(
    criteria: list[Criterion], reading: ReportedReading | None, *, seat: Seat, at: datetime
) -> MetricRow:
    first = criteria[0]
    roles = _roles(criteria)
    expires_at = reading.reported_at + timedelta(days=reading.ttl_days) if reading else None
    due_date = _due_date(seat.project, criteria)
    return MetricRow(
        metric=first.metric,
        keys=", ".join(f"{each.gate_key} {each.key}" for each in criteria),
        wording=policy_text(first.wording),
        kind=first.kind,
        hard=any(each.criterion_class == "HARD" for each in criteria),
        roles=roles,
        who=", ".join(str(Role(role).label) for role in roles),
        due_date=due_date,
        due=countdown_text((due_date - at.date()).days) if due_date else "",
        value=value_text(reading, kind=first.kind) if reading else "",
        reading=reading,
        expires=_expiry_text(expires_at, at) if expires_at else "",
        state=NEVER if expires_at is None else OLD if expires_at < at else FRESH,
        may_report=may_report_metric(seat, roles),
        href=reverse("readiness:reported-detail", args=[seat.project.public_id, first.metric]),
    )


def _expiry_text(expires_at: datetime, at: datetime) -> str:
    words = _("counts until %(date)s") if expires_at >= at else _("out of date since %(date)s")
    return words % {"date": date_format(expires_at.astimezone(at.tzinfo), "j M Y")}


def _due_date(project: Project, criteria: list[Criterion]) -> date | None:
    if project.go_live_date is None:
        return None
    return project.go_live_date - timedelta(days=max(each.due_days for each in criteria))
