"""Metrics that somebody has to report, and colours given by hand beside computed verdicts.

`at` is the moment of looking, in the project's own zone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from governance.choices import Role
from governance.models import Project
from governance.pages.trail import Step, trail_of
from governance.permissions import Seat, may_report_metric
from governance.readings import ReadingKind
from readiness.choices import FindingState, MetricOrigin, ReportedColour, Verdict
from readiness.models import Criterion, Gate, ReportedReading, ReportedStatus, Snapshot
from readiness.pages.recorded import BETTER_THAN, body_of
from readiness.pages.words import countdown_text, counted
from readiness.policy.sentences import number_text

NEVER, OLD, FRESH = FindingState.NOT_REPORTED, FindingState.STALE, FindingState.MET
PROJECT = ""


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


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The project or one gate: the computed verdict, and the colour somebody gave it."""

    item: str
    verdict: str
    colour: str
    status: ReportedStatus | None
    is_rosier: bool


@dataclass(frozen=True, slots=True)
class StatusPage:
    """Reported beside computed, and every colour that was given, newest first."""

    rows: list[StatusRow]
    history: list[ReportedStatus]
    gates: list[tuple[str, str]]
    answer: str
    trail: list[Step]


def value_text(reading: ReportedReading, *, kind: str) -> str:
    """Return a reported figure as people read it."""
    if reading.value is None:
        return f"{reading.done or 0:,} of {reading.due or 0:,}"
    if kind == ReadingKind.YES_NO:
        return "Yes" if reading.value else "No"
    return number_text(reading.value)


def metric_list(seat: Seat, *, at: datetime) -> MetricList:
    """Return what has to be reported in a project: what is missing or old first."""
    rows = metric_rows(seat, at=at)
    missing = sum(row.state != FRESH for row in rows)
    answer = (
        f"{counted(missing, 'figure is', 'figures are')} missing or out of date, of {len(rows)}."
    )
    return MetricList(
        rows=rows,
        answer=answer if rows else "This project's policy asks for no reported figure.",
        trail=trail_of(seat.project, "Reported figures"),
    )


def metric_rows(seat: Seat, *, at: datetime) -> list[MetricRow]:
    """Return a row per metric, the most urgent first."""
    return metric_rows_by_project([seat], at=at)[seat.project.pk]


def metric_rows_by_project(seats: Sequence[Seat], *, at: datetime) -> dict[int, list[MetricRow]]:
    """Return project -> a row per metric, the most urgent first; at once for many projects."""
    newest = _newest_readings([seat.project.pk for seat in seats])
    asked = _reported_criteria([seat.project.pk for seat in seats])
    found = {}
    for seat in seats:
        grouped: dict[str, list[Criterion]] = {}
        for criterion in asked.get(seat.project.pk, ()):
            grouped.setdefault(criterion.metric, []).append(criterion)
        local = at.astimezone(ZoneInfo(seat.project.time_zone))
        rows = [
            _metric_row(criteria, newest.get((seat.project.pk, metric)), seat=seat, at=local)
            for metric, criteria in grouped.items()
        ]
        found[seat.project.pk] = sorted(
            rows, key=lambda row: (row.state == FRESH, row.due_date or date.max, row.keys)
        )
    return found


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
        "Reported figures", reverse("readiness:reported-list", args=[seat.project.public_id])
    )
    return MetricPage(
        row=row,
        criterion=criteria[0],
        history=[(value_text(each, kind=row.kind), each) for each in newest_first],
        trail=trail_of(seat.project, above, criteria[0].key),
    )


def status_page(project: Project) -> StatusPage:
    """Return how people see the project and its gates beside what was computed."""
    gates = list(Gate.objects.filter(project=project).order_by("position"))
    names = [(gate.key, f"{gate.key} {gate.name}") for gate in gates]
    history = list(
        ReportedStatus.objects.filter(project=project)
        .select_related("reporter__organisation")
        .order_by("-reported_at", "-pk")[:200]
    )
    computed = _computed_verdicts(project)
    items = [(PROJECT, "The whole project"), *names]
    rows = [_status_row(name, computed.get(key, ""), _newest(history, key)) for key, name in items]
    rosier = sum(row.is_rosier for row in rows)
    answer = "Nobody reports better than the evidence says."
    if rosier:
        answer = (
            f"{counted(rosier, 'item is', 'items are')} reported better than the evidence says."
        )
    return StatusPage(rows, history, names, answer, trail_of(project, "Status"))


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


def _newest_readings(project_ids: Collection[int]) -> dict[tuple[int, str], ReportedReading]:
    readings = ReportedReading.objects.filter(project_id__in=project_ids).newest_of_metrics()
    fetched = readings.select_related("reporter__organisation").order_by("reported_at", "pk")
    return {(reading.project_id, reading.metric): reading for reading in fetched}


def _metric_row(
    criteria: list[Criterion], reading: ReportedReading | None, *, seat: Seat, at: datetime
) -> MetricRow:
    first = criteria[0]
    roles = tuple(dict.fromkeys(role for each in criteria for role in each.accountable_roles))
    expires_at = reading.reported_at + timedelta(days=reading.ttl_days) if reading else None
    due_date = _due_date(seat.project, criteria)
    return MetricRow(
        metric=first.metric,
        keys=", ".join(f"{each.gate_key} {each.key}" for each in criteria),
        wording=first.wording,
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
    day = expires_at.astimezone(at.tzinfo)
    words = "counts until" if expires_at >= at else "out of date since"
    return f"{words} {day.day} {day:%b %Y}"


def _due_date(project: Project, criteria: list[Criterion]) -> date | None:
    if project.go_live_date is None:
        return None
    return project.go_live_date - timedelta(days=max(each.due_days for each in criteria))


def _computed_verdicts(project: Project) -> dict[str, str]:
    snapshot = Snapshot.objects.filter(project=project).newest_first().first()
    if snapshot is None:
        return {}
    gates = body_of(snapshot).get("gates", ())
    return {PROJECT: snapshot.verdict, **{gate["key"]: gate["verdict"] for gate in gates}}


def _newest(history: list[ReportedStatus], gate_key: str) -> ReportedStatus | None:
    return next((status for status in history if status.gate_key == gate_key), None)


def _status_row(item: str, verdict: str, status: ReportedStatus | None) -> StatusRow:
    colour = status.colour if status else ReportedColour.NOT_REPORTED
    worse = BETTER_THAN.get(ReportedColour(colour), ())
    return StatusRow(
        item=item,
        verdict=verdict,
        colour=colour,
        status=status,
        is_rosier=bool(verdict) and Verdict(verdict) in worse,
    )
