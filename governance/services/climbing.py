"""Move unanswered escalations up the ladder, and close those that are about nothing any more."""

import logging
from datetime import datetime

from django.db import transaction

from governance.choices import EscalationAct, Phase, Rung
from governance.models import Escalation, EscalationStep
from governance.querysets.escalations import ENDING
from governance.services.escalation_steps import Move, end, lock, move_on
from governance.services.ladder import ladder_of, next_stand
from governance.services.subjects import subject_of

logger = logging.getLogger(__name__)
NO_LONGER_SO = "It is no longer so."


def climb_all(*, at: datetime) -> int:
    """Move every escalation up whose clock has run out by a moment; return how many moved."""
    late = Escalation.objects.exclude(project__phase=Phase.CLOSED).late_at(at)
    moved = 0
    for escalation in late:
        try:
            moved += climb(escalation, at=at) is not None
        except Exception:
            logger.exception("escalation %s did not climb", escalation.public_id)
    return moved


@transaction.atomic
def climb(escalation: Escalation, *, at: datetime) -> EscalationStep | None:
    """Move one escalation to who stands next above; None where its time is not over, or at the top.

    Nobody gets it a second time. It may come to whoever raised it: leaving that rung out would
    tell everybody who that was.
    """
    held, now = lock(escalation)
    if now.act in ENDING or now.due_at is None or now.due_at > at:
        return None
    subject = subject_of(held.project, noun=held.subject_noun, subject_id=held.subject_id)
    had = {step.addressee_id for step in held.steps.all() if step.addressee_id}
    ladder = ladder_of(held.project, subject=subject)
    stand = next_stand(ladder, above=Rung(now.rung), without=had)
    if stand is None:
        return None
    return move_on(held, now=now, move=Move(act=EscalationAct.CLIMBED, stand=stand), at=at)


@transaction.atomic
def close_settled(escalation: Escalation, *, at: datetime) -> EscalationStep | None:
    """Close what a condition raised once it is no longer so; None where somebody answered."""
    held, now = lock(escalation)
    if now.act in ENDING:
        return None
    return end(held, now=now, move=Move(act=EscalationAct.ANSWERED, text=NO_LONGER_SO), at=at)
