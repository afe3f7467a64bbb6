"""What people report by hand in a demo project: metrics, colours, an accepted risk."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from governance.choices import Role
from governance.models import User
from readiness.choices import Comparison, MetricOrigin
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import at
from readiness.models import Acceptance, Criterion, Gate, ReportedReading, ReportedStatus

NOTES = {
    "GREEN": "On track. Open points are being worked on.",
    "AMBER": "Some points are late; we have a plan for each.",
    "RED": "We need help.",
}
SYSTEMS = ("Test tool", "Learning portal", "Service desk", "Cutover plan", "Ledger")
DEFAULT_TTL_DAYS = 30
SHARE_DUE = 40
FORGOTTEN = 0.3
ACCEPTED_SLUGS = ("orion", "treasury")
ACCEPTED_GATE, ACCEPTED_CRITERION, ACCEPTED_METRIC = "G2", "UE-06a", "sit.peak_done"


def report_metrics(mapped: Mapped, cast: Cast) -> None:
    """Report the metrics that are not computed here, each again before it runs out."""
    gate = Gate.objects.filter(project=mapped.project).select_related("policy").first()
    if gate is None or not mapped.stage.plan.reported:
        return
    criteria = Criterion.objects.filter(policy=gate.policy, origin=MetricOrigin.REPORTED)
    seen: set[str] = set()
    rows: list[ReportedReading] = []
    for criterion in criteria.order_by("position"):
        if criterion.metric not in seen:
            seen.add(criterion.metric)
            rows += _reports(mapped, cast.leads[Role.IT], criterion)
    ReportedReading.objects.bulk_create(rows)


def _reports(mapped: Mapped, reporter: User, criterion: Criterion) -> Iterator[ReportedReading]:
    """Yield one report each time to live; undisciplined projects skip or stop early."""
    stage = mapped.stage
    accepted = stage.plan.slug in ACCEPTED_SLUGS and criterion.metric == ACCEPTED_METRIC
    if stage.dice.random() > stage.plan.reported and not accepted:
        return
    ttl = criterion.ttl_days or DEFAULT_TTL_DAYS
    wanted = stage.plan.reported - 0.08 if stage.plan.reported < 1 else 1
    good = stage.dice.random() < wanted and not accepted
    last = stage.today - timedelta(days=1)
    if not (good or accepted) and stage.dice.random() < FORGOTTEN:
        last -= timedelta(days=ttl + 5)
    day = max(stage.opened_at.date(), stage.today - timedelta(days=110))
    while day <= last:
        yield _report(mapped, reporter, criterion, day, good=good)
        day += timedelta(days=max(1, ttl - 1))


def _report(
    mapped: Mapped, reporter: User, criterion: Criterion, day: date, *, good: bool
) -> ReportedReading:
    moment = at(day, 7)
    row = ReportedReading(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        metric=criterion.metric,
        source_system=SYSTEMS[criterion.position % len(SYSTEMS)],
        reporter=reporter,
        reported_at=moment,
        recorded_at=moment + timedelta(minutes=2),
        ttl_days=criterion.ttl_days or DEFAULT_TTL_DAYS,
    )
    if criterion.kind == "SHARE":
        most = criterion.comparison == Comparison.AT_LEAST
        row.due = SHARE_DUE
        row.done = (SHARE_DUE if good else SHARE_DUE - 7) if most else (0 if good else 7)
    else:
        row.value = _value(criterion, good=good)
    return row


def _value(criterion: Criterion, *, good: bool) -> Decimal:
    """Return a number on the right or the wrong side of the target."""
    if criterion.kind == "YES_NO":
        return Decimal(int(good))
    if criterion.comparison == Comparison.AT_LEAST:
        return criterion.target if good else criterion.target // 2
    if criterion.comparison == Comparison.LESS_THAN:
        return criterion.target / 2 if good else criterion.target + 2
    return criterion.target if good else criterion.target + 2


def report_colours(mapped: Mapped, cast: Cast) -> None:
    """Report the project's colour every Monday of the last quarter."""
    stage = mapped.stage
    monday = stage.today - timedelta(days=stage.today.weekday() or 7)
    rows = []
    for week in range(13):
        moment = at(monday - timedelta(weeks=week), 8)
        rows.append(
            ReportedStatus(
                organisation_id=mapped.project.organisation_id,
                project=mapped.project,
                colour=stage.plan.colour,
                note=NOTES[stage.plan.colour],
                reporter=cast.project_manager,
                reporter_name=cast.project_manager.name,
                reported_at=moment,
                recorded_at=moment,
                source="status form",
            )
        )
    ReportedStatus.objects.bulk_create(rows)


def accept_risk(mapped: Mapped, cast: Cast) -> None:
    """Write an acceptance that the sponsor gave weeks ago and that runs out in five days."""
    stage = mapped.stage
    moment = at(stage.today - timedelta(days=25), 13)
    Acceptance.objects.create(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        gate_key=ACCEPTED_GATE,
        criterion_key=ACCEPTED_CRITERION,
        reason="The peak-load test needs the new bank interface, which arrives later.",
        control="Order entry keeps the old system ready for one week after go-live.",
        requester=cast.owners[0],
        approver=cast.sponsor,
        approver_kind=cast.sponsor.kind,
        approver_name=cast.sponsor.name,
        approver_role="Sponsor",
        accepted_at=moment,
        expires_at=at(stage.today + timedelta(days=5), 17),
        recorded_at=moment,
    )
