"""Decide what was escalated: the answer is a decision that everybody reads."""

from datetime import datetime

from django.db import transaction

from governance.choices import EscalationAct
from governance.models import Decision, Escalation, EscalationStep, User
from governance.services.decisions import (
    Answer,
    DecisionRefused,
    Question,
    decide,
    raise_decision,
)
from governance.services.escalation_steps import Move, end
from governance.services.escalations import EscalationRefused, lock_open
from governance.services.subjects import subject_of, uuid_of

LONGEST_QUESTION = 300


@transaction.atomic
def decide_escalated(
    *, escalation: Escalation, text: str, reason: str, decided_by: User, decided_at: datetime
) -> EscalationStep:
    """Decide what an escalation is about, and close it by the decision.

    An open decision is decided itself; about anything else one is raised and decided at once,
    by whoever answers and in no other name.

    :raises EscalationRefused: it is answered, it waits for somebody else, nothing is said, or
        the decision is refused.
    """
    held, now = lock_open(escalation, account=decided_by, text=text)
    try:
        with transaction.atomic():
            decision = _asked(held) or _raised(held, by=decided_by, at=decided_at)
            said = Answer(outcome=text.strip(), reason=reason.strip())
            decide(decision=decision, answer=said, decided_by=decided_by, decided_at=decided_at)
    except DecisionRefused as refusal:
        raise EscalationRefused(str(refusal)) from refusal
    closing = Move(act=EscalationAct.DECIDED, text=text.strip(), decision=decision, by=decided_by)
    return end(held, now=now, move=closing, at=decided_at)


def _asked(held: Escalation) -> Decision | None:
    """Return the open decision that an escalation is about."""
    if held.subject_noun != "decision":
        return None
    rows = Decision.objects.filter(project=held.project, public_id=uuid_of(held.subject_id))
    return rows.waiting().first()


def _raised(held: Escalation, *, by: User, at: datetime) -> Decision:
    subject = subject_of(held.project, noun=held.subject_noun, subject_id=held.subject_id)
    question = Question(
        title=held.subject_title[:LONGEST_QUESTION],
        decider=by,
        blocked=subject.processes if subject else (),
    )
    return raise_decision(project=held.project, question=question, raised_by=by, raised_at=at)
