"""What was escalated in a demo project: answered in time where people are disciplined, else not.

The hero's story: somebody escalated that department managers send nobody to the tests. The
project manager let it lie, it climbed to the sponsor, and lies there, too. Rows stand as they
would have been written at the time; no name of who raised one is told anywhere.
"""

import random
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from governance.choices import EscalationAct, EscalationCause, Role, Rung
from governance.models import Decision, Escalation, EscalationStep, User
from governance.services.ladder import HOURS
from governance.services.working_time import due_after
from readiness.management.demo.cast import Cast
from readiness.management.demo.mapping import Mapped
from readiness.management.demo.plans import at
from uat.models import Defect, Scenario

ASKED = (
    "We asked three times for two testers and got none. Who tells the departments?",
    "Two departments want opposite things here. Somebody has to say which.",
    "The consultants go on with their own answer. Is that what we want?",
    "The fix is promised every week and never comes.",
)
ANSWERED = (
    "Both departments send one person each from Monday; I told them myself.",
    "We keep it as it is in the template. The plant adapts.",
    "No. They stop until it is decided; I take it to the next meeting.",
    "The partner puts a second developer on it until it is closed.",
)
RUNG_OF = {Rung.PROJECT_MANAGER: Role.PROJECT_MANAGER, Rung.SPONSOR: Role.SPONSOR}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tale:
    """One escalation of the story: about what, how many days ago, how far it climbed, and the end.

    `answered_after` counts hours on the last rung; none: it still waits.
    """

    noun: str
    subject_id: str
    title: str
    days_ago: int
    rungs: tuple[Rung, ...] = (Rung.PROJECT_MANAGER,)
    answered_after: int | None = None
    words: int = 0


def escalate_some(mapped: Mapped, *, cast: Cast) -> None:
    """Write the escalations of a project: a few, by its discipline."""
    dice = random.Random(f"{mapped.stage.plan.slug} escalations")  # noqa: S311 - a demo
    raisers = [*cast.owners, cast.leads[Role.TEST_LEAD], cast.leads[Role.BUSINESS_USER]]
    for tale in _tales(mapped):
        _write(mapped, cast=cast, tale=tale, raised_by=dice.choice(raisers))


def _tales(mapped: Mapped) -> list[Tale]:
    project, plan = mapped.project, mapped.stage.plan
    decisions = list(Decision.objects.filter(project=project).waiting().order_by("pk")[:2])
    scenario = Scenario.objects.filter(project=project).order_by("pk").first()
    defect = Defect.objects.filter(project=project).order_by("pk").first()
    if scenario is None:
        return []
    first = Tale(
        noun="scenario",
        subject_id=str(scenario.public_id),
        title=str(scenario),
        days_ago=24,
        answered_after=3,
    )
    if plan.is_disciplined:
        return [first]
    tales = [first, *_about_defect(defect)]
    if plan.slug == "orion" and decisions:
        tales += _of_the_hero(decisions)
    return tales


def _about_defect(defect: Defect | None) -> list[Tale]:
    """Return one that was answered late, and by the sponsor."""
    if defect is None:
        return []
    return [
        Tale(
            noun="defect",
            subject_id=str(defect.public_id),
            title=str(defect),
            days_ago=18,
            rungs=(Rung.PROJECT_MANAGER, Rung.SPONSOR),
            answered_after=20,
            words=3,
        )
    ]


def _of_the_hero(decisions: list[Decision]) -> list[Tale]:
    """Return two that wait: one climbed to the sponsor and ran out there, one is fresh."""
    rungs = (Rung.PROJECT_MANAGER, Rung.SPONSOR)
    days = ((9, rungs), (1, rungs[:1]))
    return [
        Tale(
            noun="decision",
            subject_id=str(decision.public_id),
            title=str(decision),
            days_ago=days_ago,
            rungs=climbed,
            words=number,
        )
        for number, (decision, (days_ago, climbed)) in enumerate(zip(decisions, days, strict=False))
    ]


def _write(mapped: Mapped, *, cast: Cast, tale: Tale, raised_by: User) -> None:
    project = mapped.project
    raised_at = at(mapped.stage.today - timedelta(days=tale.days_ago), hour=10)
    escalation = Escalation.objects.create(
        organisation=project.organisation,
        project=project,
        subject_noun=tale.noun,
        subject_id=tale.subject_id,
        subject_title=tale.title[:400],
        cause=EscalationCause.BY_HAND,
        key=f"hand:{tale.noun}:{tale.subject_id}:1",
        reason=ASKED[tale.words],
        raised_by=raised_by,
        salt=secrets.token_hex(32),
        raised_at=raised_at,
        recorded_at=raised_at,
    )
    begun = _climb(escalation, cast=cast, rungs=tale.rungs)
    if tale.answered_after is not None:
        _step(
            escalation,
            number=len(tale.rungs) + 1,
            act=EscalationAct.ANSWERED,
            rung=tale.rungs[-1],
            by=cast.leads[RUNG_OF[tale.rungs[-1]]],
            text=ANSWERED[tale.words],
            happened_at=due_after(project, hours=tale.answered_after, since=begun, closed=()),
        )


def _climb(escalation: Escalation, *, cast: Cast, rungs: tuple[Rung, ...]) -> datetime:
    """Let it climb by the clock; return when it came to the last rung."""
    moment = begun = escalation.raised_at
    for number, rung in enumerate(rungs, start=1):
        begun = moment
        moment = due_after(escalation.project, hours=HOURS[rung], since=begun, closed=())
        _step(
            escalation,
            number=number,
            act=EscalationAct.ADDRESSED if number == 1 else EscalationAct.CLIMBED,
            rung=rung,
            addressee=cast.leads[RUNG_OF[rung]],
            due_at=moment,
            happened_at=begun,
        )
    return begun


def _step(escalation: Escalation, **fields: Any) -> None:
    EscalationStep.objects.create(
        organisation_id=escalation.organisation_id,
        project_id=escalation.project_id,
        escalation=escalation,
        recorded_at=fields["happened_at"],
        **fields,
    )
