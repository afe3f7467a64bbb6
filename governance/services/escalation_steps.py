"""Write the steps of an escalation: how it begins, moves on and ends, and who is told.

No step and no notice says who raised it: that stands in the escalation's own row alone.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from governance.choices import EscalationAct, EscalationCause, NoticeKind, Rung
from governance.models import Decision, Escalation, EscalationStep, User
from governance.outbox import News, settle, tell
from governance.record.witnessing import witness
from governance.services.ladder import HOURS, Stand
from governance.services.marks import mark_projects
from governance.services.working_time import due_after

URGENT_RUNGS = (Rung.SPONSOR, Rung.STEERING)
URGENT_CAUSES = (EscalationCause.DECISION_OVERDUE, EscalationCause.SILENCE)
"""Criteria come in numbers: they stand in the digest of the day, and in no mail of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step: what happened, where it is then, and by whom; by nobody where the clock did it."""

    act: EscalationAct
    stand: Stand | None = None
    text: str = ""
    decision: Decision | None = None
    by: User | None = None


def lock(escalation: Escalation) -> tuple[Escalation, EscalationStep]:
    """Lock an escalation until the transaction ends; return it and where it is now."""
    rows = Escalation.objects.select_for_update(of=("self",)).select_related("project")
    held = rows.get(pk=escalation.pk)
    return held, held.steps.order_by("-number").select_related("addressee")[0]


def begin(row: Escalation, *, stand: Stand, at: datetime) -> None:
    """Write the first step, which nobody did as far as anybody reads, and tell the addressee."""
    move = Move(act=EscalationAct.ADDRESSED, stand=stand)
    due_at = due_after(row.project, hours=HOURS[stand.rung], since=at)
    step = _step(row, now=None, move=move, due_at=due_at, at=at)
    _tell_addressee(row, step=step)
    mark_projects(project_ids=[row.project_id])
    witness(step, actor=None)


def end(held: Escalation, *, now: EscalationStep, move: Move, at: datetime) -> EscalationStep:
    """Write the step that closes an escalation, and tell whoever raised it."""
    step = _step(held, now=now, move=move, at=at)
    _settle(held, at=at)
    if held.raised_by_id != (move.by.pk if move.by else None):
        news = _news(held, kind=NoticeKind.ESCALATION_ANSWERED, number=step.number, at=at)
        tell(news, accounts=[held.raised_by], project=held.project)
    mark_projects(project_ids=[held.project_id])
    witness(step, actor=move.by)
    return step


def move_on(held: Escalation, *, now: EscalationStep, move: Move, at: datetime) -> EscalationStep:
    """Write the step that brings an escalation to somebody else, and tell both.

    :raises ValueError: the move leads to nobody.
    """
    if move.stand is None:
        raise ValueError("An escalation moves on to somebody.")
    due_at = due_after(held.project, hours=HOURS[move.stand.rung], since=at)
    step = _step(held, now=now, move=move, due_at=due_at, at=at)
    _settle(held, at=at)
    if move.by is None:
        late = _news(held, kind=NoticeKind.ESCALATION_LATE, number=step.number, at=at)
        tell(late, accounts=[now.addressee], project=held.project)
    _tell_addressee(held, step=step)
    mark_projects(project_ids=[held.project_id])
    witness(step, actor=move.by)
    return step


def _step(
    held: Escalation,
    *,
    now: EscalationStep | None,
    move: Move,
    due_at: datetime | None = None,
    at: datetime,
) -> EscalationStep:
    stand = move.stand
    return EscalationStep.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        escalation=held,
        number=now.number + 1 if now else 1,
        act=move.act,
        rung=stand.rung if stand else (now.rung if now else ""),
        addressee=stand.account if stand else None,
        due_at=due_at,
        text=move.text,
        decision=move.decision,
        by=move.by,
        happened_at=at,
    )


def _settle(held: Escalation, *, at: datetime) -> None:
    settle(
        project=held.project,
        noun="escalation",
        subject_id=held.public_id,
        settled_at=at,
        kinds=[NoticeKind.ESCALATED],
    )


def _tell_addressee(held: Escalation, *, step: EscalationStep) -> None:
    news = _news(held, kind=NoticeKind.ESCALATED, number=step.number, at=step.happened_at)
    by_hand = held.cause == EscalationCause.BY_HAND
    is_urgent = by_hand or (step.rung in URGENT_RUNGS and held.cause in URGENT_CAUSES)
    told = replace(news, due_at=step.due_at, is_urgent=is_urgent)
    tell(told, accounts=[step.addressee], project=held.project)


def _news(held: Escalation, *, kind: NoticeKind, number: int, at: datetime) -> News:
    """Return what is told of a step; it never says who raised the escalation, nor why."""
    return News(
        kind=kind,
        noun="escalation",
        subject_id=held.public_id,
        title=held.subject_title,
        key=f"escalation:{held.public_id}:{number}:{kind}",
        happened_at=at,
    )
