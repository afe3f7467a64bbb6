"""Who leads and who decides in the demo: charters, overrulings, assessments, decision rights."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from governance.choices import AssessedAs, DecisionKind, Power, Role, SignoffAct, SignoffKind
from governance.models import (
    BusinessProcess,
    Charter,
    DecisionRight,
    GateStop,
    GateStopEnd,
    LeadershipAssessment,
    Overruling,
    Project,
    User,
)
from governance.services.accounts import DEMO_PASSWORD, Credentials
from governance.services.charters import Powers, write_charter
from governance.services.factors import code_at
from readiness.choices import SnapshotTrigger
from readiness.management.demo.cast import Cast, totp_secret
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import HERO, at
from readiness.metrics.evidence import evidence_hash
from readiness.services.documents import Word, project_document, sign_document
from readiness.services.evaluation import evaluate_gates

WRITTEN_WEEKS = 27
UNSIGNED_SLUG = "lisbon"
STOPPED_SLUG = "baltic"
STILL_STOPPED_SLUG = "warehouse"
OVERRULED = (
    (
        14,
        "Training takes two days a week per shift, from April on.",
        "The plant has to ship; training is squeezed into the last month.",
        Power.CALL_PEOPLE,
    ),
    (
        7,
        "Acceptance testing takes six weeks; the date moves by a fortnight.",
        "The date was promised to the board. Testing takes four weeks.",
        Power.HOLD_PLAN,
    ),
)
DECIDERS = {
    DecisionKind.SCOPE: Role.SPONSOR,
    DecisionKind.DATA: Role.DATA_OWNER,
    DecisionKind.TESTING: Role.TEST_LEAD,
    DecisionKind.TRAINING: Role.CHANGE_LEAD,
    DecisionKind.CUTOVER: Role.IT,
}
"""Everywhere the same; design and customisation are each owner's, access is security's."""


def empower(mapped: Mapped, cast: Cast) -> None:
    """Write who may do what: all of it where there is discipline, the gaps of life elsewhere."""
    plan, project = mapped.stage.plan, mapped.project
    written_at = at(mapped.stage.day(WRITTEN_WEEKS), 10)
    row = _scope(project, written_at)
    is_hero = plan is HERO
    if is_hero or plan.is_disciplined or plan.slug == STILL_STOPPED_SLUG:
        Charter.objects.create(
            **row,
            project_manager=cast.project_manager,
            may_call_people=True,
            may_escalate=True,
            may_stop_gate=not is_hero,
            may_hold_plan=not is_hero,
            withheld_reason="The steering decides about gates and about the date."
            if is_hero
            else "",
            written_by=cast.project_manager,
            written_at=written_at,
        )
    rights = [
        DecisionRight(
            **row,
            process=process,
            kind=kind,
            decider=decider,
            given_by=cast.sponsor,
            given_at=written_at,
        )
        for process, kind, decider in _rights(mapped, cast, is_whole=plan.is_disciplined)
    ]
    DecisionRight.objects.bulk_create(rights)
    if is_hero:
        _overrule(mapped, cast)
        _assess(mapped, cast)
    if plan.slug == STOPPED_SLUG:
        _stop_for_a_week(mapped, cast)
    if plan.slug == STILL_STOPPED_SLUG:
        why = "Every third scan fails on the new handhelds; nobody has said when that ends."
        _stop(mapped, cast, gate="G3", why=why, since=at(mapped.stage.today - timedelta(days=6), 7))


def sign_charters(projects: list[Project], *, cast: Cast, now: datetime) -> None:
    """Let the sponsor sign every charter that was written, and leave a new one unsigned.

    A code counts once, so that each is signed two minutes after the one before.
    """
    waiting = Charter.objects.filter(project__in=projects).order_by("pk")
    known = list(waiting.select_related("project__organisation"))
    for place, charter in enumerate(known):
        earlier = now - timedelta(minutes=10 + 2 * (len(known) - place))
        _sign(charter.project, cast.sponsor, at=earlier)
    project = next(each for each in projects if each.slug == UNSIGNED_SLUG)
    powers = Powers(
        project_manager=cast.project_manager,
        granted=frozenset(Power) - {Power.HOLD_PLAN},
        withheld_reason="The plan of the template is held by the programme.",
    )
    write_charter(project=project, powers=powers, written_by=cast.project_manager, written_at=now)


def _sign(project: Project, sponsor: User, *, at: datetime) -> None:
    """Judge, then let the sponsor sign the charter that is shown."""
    evaluate_gates(project_ids=[project.pk], as_of=timezone.now(), trigger=SnapshotTrigger.BY_HAND)
    document = project_document(project, kind=SignoffKind.CHARTER, as_of=timezone.now())
    code = code_at(totp_secret(sponsor), at=at)
    sign_document(
        document,
        signer=sponsor,
        word=Word(act=SignoffAct.SIGNED, shown_hash=evidence_hash(document.body)),
        credentials=Credentials(DEMO_PASSWORD, code, agreed=True),
        as_of=at,
    )


def _scope(project: Project, recorded_at: datetime) -> dict[str, Any]:
    return {
        "organisation_id": project.organisation_id,
        "project": project,
        "recorded_at": recorded_at,
    }


def _rights(
    mapped: Mapped, cast: Cast, *, is_whole: bool
) -> Iterator[tuple[BusinessProcess | None, DecisionKind, User]]:
    """Yield who decides what: everything in a whole project, with gaps and doubles elsewhere."""
    for kind, role in DECIDERS.items():
        yield None, kind, cast.leads[role]
    for process in BusinessProcess.objects.filter(project=mapped.project).accountable():
        if process.owner is not None:
            yield process, DecisionKind.DESIGN, process.owner
    if is_whole:
        yield None, DecisionKind.ACCESS, cast.leads[Role.SECURITY]
    if is_whole or mapped.stage.plan is HERO:
        yield None, DecisionKind.CUSTOMISATION, cast.leads[Role.STEERING]
    if mapped.stage.plan is HERO:
        yield None, DecisionKind.CUSTOMISATION, cast.leads[Role.IT]


def _overrule(mapped: Mapped, cast: Cast) -> None:
    for weeks, what, reason, power in OVERRULED:
        moment = at(mapped.stage.day(weeks), 15)
        Overruling.objects.create(
            **_scope(mapped.project, moment),
            project_manager=cast.project_manager,
            power=power,
            what=what,
            reason=reason,
            overruled_by=cast.sponsor if power == Power.HOLD_PLAN else cast.leads[Role.STEERING],
            overruled_at=moment,
            written_by=cast.project_manager,
        )


def _assess(mapped: Mapped, cast: Cast) -> None:
    """Let both sides answer; they see four of five things differently."""
    manager, sponsor = cast.project_manager, cast.sponsor
    moment = at(mapped.stage.day(10), 11)
    for side, by, numbers, note in (
        (
            AssessedAs.PROJECT_MANAGER,
            manager,
            (0, 60, 7, 1, False),
            "Somebody to keep plan and minutes, and an hour a week with the sponsor.",
        ),
        (
            AssessedAs.SPONSOR,
            sponsor,
            (1, 100, 4, 4, False),
            "Less reporting, more time on the shop floor.",
        ),
    ):
        upgrades, percent, workstreams, hours, has_office = numbers
        LeadershipAssessment.objects.create(
            **_scope(mapped.project, moment),
            project_manager=manager,
            answered_as=side,
            erp_upgrades=upgrades,
            time_percent=percent,
            workstreams=workstreams,
            sponsor_hours=hours,
            has_office=has_office,
            note=note,
            answered_by=by,
            answered_at=moment,
        )


def _stop_for_a_week(mapped: Mapped, cast: Cast) -> None:
    """Let the project manager stop a gate for a week, and end that."""
    begins, ends = (at(mapped.stage.day(weeks), 9) for weeks in (9, 8))
    why = "Half of the testers have no access to the test system."
    stop = _stop(mapped, cast, gate="G2", why=why, since=begins)
    GateStopEnd.objects.create(
        **_scope(mapped.project, ends),
        stop=stop,
        reason="All of them have access since this morning.",
        ended_by=cast.project_manager,
        ended_at=ends,
    )


def _stop(mapped: Mapped, cast: Cast, *, gate: str, why: str, since: datetime) -> GateStop:
    return GateStop.objects.create(
        **_scope(mapped.project, since),
        gate_key=gate,
        reason=why,
        stopped_by=cast.project_manager,
        stopped_at=since,
    )
