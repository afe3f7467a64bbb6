"""What people report by hand in a demo project: metrics, colours, an accepted risk."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from governance.choices import Role
from governance.models import Caveat, User
from readiness.choices import Comparison, CriterionClass, MetricOrigin
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, Plan, at
from readiness.models import (
    Acceptance,
    AcceptanceRequest,
    CaveatResolution,
    Criterion,
    Gate,
    ReportedReading,
    ReportedStatus,
)

NOTES = {
    "GREEN": "On track. Open points are being worked on.",
    "AMBER": "Some points are late; we have a plan for each.",
    "RED": "We need help.",
}
WEEKS = 13
# weeks ago -> what was said of the first project; the other weeks say the usual
STORY = {
    0: ("GREEN", "On track. The open scenarios are being worked on; nobody needs to worry."),
    1: ("GREEN", "On track. Training catches up after the holidays."),
    2: ("GREEN", "Back to green: the test data for reversals has arrived."),
    3: ("AMBER", "Reversals cannot be tested, the data is missing. The vendor has promised it."),
    4: ("AMBER", "Reversals cannot be tested, the data is missing."),
    8: ("GREEN", "Design is closed. Some decisions are still open; they do not block anybody."),
    12: ("GREEN", "The team is complete."),
}
# days ago, words, what became of it
CAVEATS = (
    (
        27,
        "The test data is from March and holds no reversals; their results say little.",
        "New test data with reversals was loaded and checked by the data owner.",
    ),
    (
        13,
        "Two warehouse leads leave before go-live; nobody is named to follow them yet.",
        "",
    ),
    (
        6,
        "The Porto site has had no training room since August; its figures will not move"
        " before one is found.",
        "",
    ),
)
SYSTEMS = ("Test tool", "Learning portal", "Service desk", "Cutover plan", "Ledger")
DEFAULT_TTL_DAYS = 30
SHARE_DUE = 40
FORGOTTEN = 0.3
ACCEPTED_SLUGS = ("orion", "treasury")
STILL_MISSING = {"gdynia": ("inc.open_p1", "wvr.open")}
"""A project that reported every hard figure but these."""
ASKED_GATE, ASKED_CRITERION = "G3", "UX-05"
ACCEPTED_GATE, ACCEPTED_CRITERION, ACCEPTED_METRIC = "G2", "UE-06a", "sit.peak_done"


def report_metrics(mapped: Mapped, cast: Cast) -> None:
    """Report the metrics that are not computed here, each again before it runs out."""
    gate = Gate.objects.filter(project=mapped.project).select_related("policy").first()
    if gate is None or not mapped.stage.plan.reported:
        return
    criteria = Criterion.objects.filter(policy=gate.policy, origin=MetricOrigin.REPORTED)
    hard = criteria.filter(criterion_class=CriterionClass.HARD)
    hard_ones = frozenset(hard.values_list("metric", flat=True))
    seen: set[str] = set()
    rows: list[ReportedReading] = []
    for criterion in criteria.order_by("position"):
        if criterion.metric not in seen:
            seen.add(criterion.metric)
            is_hard = criterion.metric in hard_ones or "baseline" in criterion.metric
            rows += _reports(mapped, cast.leads[Role.IT], criterion, is_hard=is_hard)
    ReportedReading.objects.bulk_create(rows)


def _reports(
    mapped: Mapped, reporter: User, criterion: Criterion, *, is_hard: bool
) -> Iterator[ReportedReading]:
    """Yield one report each time to live; undisciplined projects skip or stop early."""
    stage = mapped.stage
    # its own dice: one metric more or less changes no other
    dice = random.Random(f"{stage.plan.slug} {criterion.metric}")  # noqa: S311 - a demo, no secret
    accepted = stage.plan.slug in ACCEPTED_SLUGS and criterion.metric == ACCEPTED_METRIC
    missing = STILL_MISSING.get(stage.plan.slug, ())
    certain = accepted or (bool(missing) and is_hard)
    if criterion.metric in missing or (dice.random() > stage.plan.reported and not certain):
        return
    ttl = criterion.ttl_days or DEFAULT_TTL_DAYS
    wanted = stage.plan.reported - 0.08 if stage.plan.reported < 1 else 1
    good = (dice.random() < wanted or certain) and not accepted
    last = stage.today - timedelta(days=1)
    if not (good or accepted) and dice.random() < FORGOTTEN:
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
    """Report the project's colour every Monday of the last quarter, each week in its own words."""
    stage = mapped.stage
    monday = stage.today - timedelta(days=stage.today.weekday() or 7)
    rows = []
    for week in range(WEEKS):
        moment = at(monday - timedelta(weeks=week), 8)
        colour, note = _said(stage.plan, week)
        rows.append(
            ReportedStatus(
                organisation_id=mapped.project.organisation_id,
                project=mapped.project,
                colour=colour,
                note=note,
                reporter=cast.project_manager,
                reporter_name=cast.project_manager.name,
                reported_at=moment,
                recorded_at=moment,
                source="status form",
            )
        )
    ReportedStatus.objects.bulk_create(rows)


def _said(plan: Plan, week: int) -> tuple[str, str]:
    """Return colour and words of so many weeks ago; the first project has a story."""
    if plan is HERO:
        return STORY.get(week, (plan.colour, NOTES[plan.colour]))
    return plan.colour, NOTES[plan.colour]


def note_caveats(mapped: Mapped, cast: Cast) -> None:
    """Write the reservations that page one prints, and one that was resolved since."""
    for days, words, ended in CAVEATS:
        moment = at(mapped.stage.today - timedelta(days=days), 14)
        caveat = Caveat.objects.create(
            organisation_id=mapped.project.organisation_id,
            project=mapped.project,
            text=words,
            written_by=cast.project_manager,
            written_at=moment,
            recorded_at=moment,
        )
        if ended:
            CaveatResolution.objects.create(
                organisation_id=mapped.project.organisation_id,
                project=mapped.project,
                caveat=caveat,
                reason=ended,
                resolved_by=cast.project_manager,
                resolved_at=moment + timedelta(days=12),
                recorded_at=moment + timedelta(days=12),
            )


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


def ask_for_risk(mapped: Mapped, cast: Cast) -> None:
    """Write a request that waits for the sponsor's answer."""
    stage = mapped.stage
    moment = at(stage.today - timedelta(days=4), 10)
    AcceptanceRequest.objects.create(
        organisation_id=mapped.project.organisation_id,
        project=mapped.project,
        gate_key=ASKED_GATE,
        criterion_key=ASKED_CRITERION,
        reason="Most of these defects are labels and layouts; the business can live with them.",
        control="The key users keep a list of them at hand and call the help desk for the rest.",
        wanted_until_date=stage.go_live_date + timedelta(days=21),
        requester=cast.owners[0],
        asked=cast.sponsor,
        requested_at=moment,
        recorded_at=moment,
    )
