"""Report a metric or a colour by hand, with name, source and moment."""

import math
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import english
from governance.models import BusinessProcess, Project, User
from governance.readings import ReadingKind
from governance.record.witnessing import witness
from governance.services.caveats import CaveatRefused, CaveatSource
from governance.services.marks import mark_projects
from readiness.choices import MetricOrigin, ReportedColour
from readiness.models import Criterion, Gate, ReportedReading, ReportedStatus
from readiness.services.caveats import add_caveat

DEFAULT_TTL_DAYS = 30
LONGEST_TTL_DAYS = 366
HIGHEST_SCORE = 5
TOO_LARGE = 10**12


class ReportRefused(Exception):
    """Say why a report was not taken, and what to do; `field` names the column."""

    def __init__(self, field: str, sentence: str) -> None:
        """Keep the field that is wrong beside the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A reported figure: `done` of `due` for a share, else `value` (yes/no: 1 or 0)."""

    metric: str
    reported_at: datetime
    source_system: str
    done: int | None = None
    due: int | None = None
    value: Decimal | None = None
    ttl_days: int | None = None
    note: str = ""
    process: BusinessProcess | None = None


@transaction.atomic
def report_metric(
    *, project: Project, report: Report, reporter: User, now: datetime
) -> ReportedReading:
    """Write a reported reading; the newest at a moment counts, for its time to live.

    :raises ReportRefused: the metric is not reported in this project's policy, the figure
        does not fit its kind, or the moment lies in the future.
    """
    criterion = _reported_criterion(project, report.metric)
    _check_moment(report.reported_at, now)
    _check_figure(report, criterion.kind)
    if not report.source_system.strip():
        raise ReportRefused("source_system", _("Say where the figure comes from."))
    if report.process and report.process.project_id != project.pk:
        raise ReportRefused("process", _("That process belongs to another project."))
    row = ReportedReading.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        metric=report.metric,
        process=report.process,
        done=report.done,
        due=report.due,
        value=report.value,
        source_system=report.source_system.strip(),
        note=report.note,
        reporter=reporter,
        reported_at=report.reported_at,
        ttl_days=_time_to_live(report, criterion),
    )
    row.refresh_from_db(fields=["value"])  # with as many places as the column keeps
    mark_projects(project_ids=[project.pk])
    witness(row, actor=reporter)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourReport:
    """A colour given by hand to the project (no gate) or to one gate, with a caveat if any."""

    colour: str
    reported_at: datetime
    gate_key: str = ""
    note: str = ""
    caveat: str = ""
    source: str = "status form"


@transaction.atomic
def report_status(
    *, project: Project, report: ColourReport, reporter: User, now: datetime
) -> ReportedStatus:
    """Write a reported colour; it is shown beside the computed verdict and never replaces it.

    :raises ReportRefused: an unknown colour or gate, the future, or the same moment again.
    """
    if report.colour not in ReportedColour.values:
        raise ReportRefused("colour", f"Choose one of {', '.join(ReportedColour.values)}.")
    _check_moment(report.reported_at, now)
    gates = Gate.objects.filter(project=project, key=report.gate_key)
    if report.gate_key and not gates.exists():
        raise ReportRefused("gate_key", f"The project has no gate {report.gate_key}.")
    row, is_new = ReportedStatus.objects.get_or_create(
        project=project,
        gate_key=report.gate_key,
        reported_at=report.reported_at,
        source=report.source,
        defaults={
            "organisation_id": project.organisation_id,
            "colour": report.colour,
            "note": report.note,
            "reporter": reporter,
            "reporter_name": reporter.name,
        },
    )
    if not is_new and row.colour != report.colour:
        raise ReportRefused("reported_at", _("Another colour is on record for this very moment."))
    if is_new and report.caveat.strip():
        _write_caveat(row, report, reporter)
    mark_projects(project_ids=[project.pk])
    if is_new:
        witness(row, actor=reporter)
    return row


def _write_caveat(row: ReportedStatus, report: ColourReport, writer: User) -> None:
    title = f"{row.gate_key or 'Status'}: {english(ReportedColour(row.colour))}"
    try:
        add_caveat(
            project=row.project,
            text=report.caveat,
            writer=writer,
            written_at=report.reported_at,
            source=CaveatSource("status", row.public_id, title),
        )
    except CaveatRefused as refusal:
        raise ReportRefused("caveat", str(refusal)) from refusal


def _reported_criterion(project: Project, metric: str) -> Criterion:
    gate = Gate.objects.filter(project=project).first()
    rows = Criterion.objects.filter(policy_id=gate.policy_id if gate else 0, metric=metric)
    row = rows.order_by("position").first()
    if row is None:
        raise ReportRefused("metric", f"No criterion of this project asks for {metric}.")
    if row.origin != MetricOrigin.REPORTED:
        raise ReportRefused("metric", f"{metric} is counted from facts and cannot be reported.")
    return row


def _check_moment(reported_at: datetime, now: datetime) -> None:
    if reported_at > now:
        raise ReportRefused("reported_at", _("The moment lies in the future."))


def _check_figure(report: Report, kind: str) -> None:
    if kind == ReadingKind.SHARE:
        _check_share(report)
    elif report.value is None or report.done is not None or report.due is not None:
        raise ReportRefused("value", _("Give one number as the value."))
    elif not math.isfinite(report.value) or abs(report.value) >= TOO_LARGE:
        raise ReportRefused("value", f"Give a number below {TOO_LARGE:,}.")
    elif kind == ReadingKind.SCORE and not 1 <= report.value <= HIGHEST_SCORE:
        raise ReportRefused("value", f"A score lies between 1 and {HIGHEST_SCORE}.")
    elif kind == ReadingKind.YES_NO and report.value not in (0, 1):
        raise ReportRefused("value", _("Answer yes (1) or no (0)."))
    elif kind == ReadingKind.COUNT and (report.value < 0 or report.value % 1):
        raise ReportRefused("value", _("A count is a whole number, 0 or more."))


def _check_share(report: Report) -> None:
    if report.done is None or report.due is None or report.value is not None:
        raise ReportRefused("done", _("Give how many are done of how many are due."))
    if report.due <= 0:
        raise ReportRefused("due", "At least 1 must be due.")
    if not 0 <= report.done <= report.due:
        raise ReportRefused("done", "Done lies between 0 and what is due.")


def _time_to_live(report: Report, criterion: Criterion) -> int:
    longest = criterion.ttl_days or LONGEST_TTL_DAYS
    days = report.ttl_days or criterion.ttl_days or DEFAULT_TTL_DAYS
    if not 1 <= days <= longest:
        raise ReportRefused("ttl_days", f"This figure counts for 1 to {longest} days.")
    return days
