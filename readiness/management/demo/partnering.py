"""What the demo's partner does in the client's place, and who was replaced."""

import random
from datetime import timedelta

from governance.choices import Affiliation, DependentKind, HeldKind, Phase, Role, Ruling
from governance.models import (
    Assumption,
    AssumptionRuling,
    Decision,
    DecisionOutcome,
    Dependency,
    Handover,
    HeldItem,
    Replacement,
)
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, at
from readiness.models import ReportedReading
from uat.models import Change, Defect, Scenario
from uat.services.changes import refresh_changed

LEFT = "Owen Tarn"
"""Who was replaced; CONSULTANTS of the cast has him."""
RESTING = 4
TICKETS = ((31, 9), (44, 10), (52, 8))


def show_partner(mapped: Mapped, cast: Cast) -> None:
    """Write what rests on the assumptions, and in the hero project a replacement and a rework."""
    dice = random.Random(f"{mapped.stage.plan.slug} partner")  # noqa: S311 - a demo
    _name_makers(mapped, cast)
    _let_scenarios_rest(mapped, dice)
    if mapped.stage.plan is HERO:
        _take_decision(mapped, cast)
        _find_wrong(mapped, cast)
        _replace(mapped, cast)
    if mapped.project.phase == Phase.HYPERCARE:
        _support(mapped, cast)


def _name_makers(mapped: Mapped, cast: Cast) -> None:
    """Give each assumption the account of the consultant who made it."""
    accounts = {account.name: account for account in cast.consultants}
    for row in Assumption.objects.filter(project=mapped.project):
        row.maker = accounts.get(row.made_by)
        row.save(update_fields=["maker"])


def _let_scenarios_rest(mapped: Mapped, dice: random.Random) -> None:
    for row in Assumption.objects.filter(project=mapped.project):
        below = Scenario.objects.filter(process__accountable__in=row.blocked_processes.all())
        codes = sorted(below.values_list("code", flat=True))
        for code in dice.sample(codes, min(RESTING, len(codes))):
            Dependency.objects.create(
                organisation_id=row.organisation_id,
                project=mapped.project,
                assumption=row,
                kind=DependentKind.SCENARIO,
                code=code,
                noted_by=row.maker,
                noted_at=row.raised_at,
                recorded_at=row.raised_at,
            )


def _take_decision(mapped: Mapped, cast: Cast) -> None:
    """Let a consultant have answered a question that was the client's: it settles nothing."""
    waiting = Decision.objects.filter(project=mapped.project).waiting().order_by("raised_at")
    decision = waiting.filter(blocks_go_live=False).last()
    if decision is None:
        return
    moment = decision.raised_at + timedelta(days=3)
    DecisionOutcome.objects.create(
        organisation_id=decision.organisation_id,
        project=mapped.project,
        decision=decision,
        outcome="As in the standard, said in the workshop.",
        reason="Nobody of the client was in the room.",
        decided_by=cast.consultants[0],
        decided_affiliation=Affiliation.PARTNER,
        decided_at=moment,
        recorded_at=moment,
    )


def _find_wrong(mapped: Mapped, cast: Cast) -> None:
    """Let an owner have found one assumption wrong two weeks ago: its scenarios are old."""
    rows = Assumption.objects.filter(project=mapped.project).answered()
    assumption = rows.order_by("raised_at")[1]
    moment = at(mapped.stage.today - timedelta(days=12), 15)
    AssumptionRuling.objects.create(
        organisation_id=assumption.organisation_id,
        project=mapped.project,
        assumption=assumption,
        ruling=Ruling.REJECTED,
        reason="Porto counts every month; the auditors ask for it.",
        ruled_by=cast.owners[1],
        ruled_at=moment,
        recorded_at=moment,
    )
    codes = assumption.dependencies.values_list("code", flat=True)
    for scenario in Scenario.objects.filter(project=mapped.project, code__in=list(codes)):
        Change.objects.create(
            organisation_id=scenario.organisation_id,
            project=mapped.project,
            scenario=scenario,
            build="",
            summary=f"{assumption.code} was rejected",
            changed_at=moment,
            recorded_at=moment,
        )
    refresh_changed(project_id=mapped.project.pk)


def _replace(mapped: Mapped, cast: Cast) -> None:
    """Let the sponsor have replaced a consultant; not everything is handed over."""
    project = mapped.project
    left = next(each for each in cast.consultants if each.name == LEFT)
    moment = at(mapped.stage.today - timedelta(days=24), 14)
    scope = {"organisation_id": project.organisation_id, "project": project}
    said = {"decided_at": moment, "recorded_at": moment, "decided_by": cast.sponsor}
    decision = Decision.objects.create(
        **scope,
        code="D-90",
        title=f"Replace {LEFT} (Corvane Consulting)",
        raised_by=cast.sponsor.name,
        raised_affiliation=Affiliation.CLIENT,
        raised_at=moment,
        decider=cast.sponsor,
        recorded_at=moment,
    )
    reason = "Interfaces were late three times, and nobody else knew why."
    DecisionOutcome.objects.create(
        **scope,
        decision=decision,
        outcome=f"{LEFT} is replaced.",
        reason=reason,
        decided_affiliation=Affiliation.CLIENT,
        **said,
    )
    row = Replacement.objects.create(
        **scope,
        decision=decision,
        partner=cast.partner,
        consultant=left,
        reason=reason,
        leaves_date=mapped.stage.today - timedelta(days=3),
        replaced_by=cast.sponsor,
        replaced_at=moment,
        recorded_at=moment,
    )
    _hand_over(row, cast)


def _hand_over(row: Replacement, cast: Cast) -> None:
    scope = {"organisation_id": row.organisation_id, "project": row.project}
    assumed = Assumption.objects.filter(project=row.project, made_by=LEFT).order_by("raised_at")
    owned = Defect.objects.filter(project=row.project).open().order_by("code")[:2]
    known = (
        (HeldKind.KNOWLEDGE, "", "How the bank interface is started again after a failed run"),
        (HeldKind.KNOWLEDGE, "", "Which labels the Porto printers refuse, and why"),
    )
    listed = [
        *((HeldKind.ASSUMPTION, each.code, each.statement) for each in assumed),
        *((HeldKind.DEFECT, each.code, each.title) for each in owned),
        *known,
    ]
    takers = (cast.leads[Role.IT], cast.leads[Role.TEST_LEAD])
    for number, (kind, code, title) in enumerate(listed):
        item = HeldItem.objects.create(
            **scope,
            replacement=row,
            kind=kind,
            code=code,
            title=title,
            recorded_at=row.replaced_at,
        )
        if number % 2 == 0:
            moment = row.replaced_at + timedelta(days=5 + number)
            Handover.objects.create(
                **scope,
                item=item,
                taken_by=takers[number % 4 // 2],
                note="An hour together, and a page in the handbook.",
                noted_by=cast.project_manager,
                taken_at=moment,
                recorded_at=moment,
            )


def _support(mapped: Mapped, cast: Cast) -> None:
    """Report week by week how many tickets needed help from outside."""
    for weeks, (due, done) in zip(range(len(TICKETS), 0, -1), TICKETS, strict=True):
        moment = at(mapped.stage.today - timedelta(days=7 * weeks - 5), 16)
        ReportedReading.objects.create(
            organisation_id=mapped.project.organisation_id,
            project=mapped.project,
            metric="sup.vendor_share",
            done=done,
            due=due,
            source_system="Service desk",
            reporter=cast.leads[Role.IT],
            reported_at=moment,
            recorded_at=moment,
            ttl_days=7,
        )
