"""Escalate a row to whoever stands above, and answer, decide or pass on what was escalated.

Who raised an escalation stands in its own row alone: the record has a seal of it, no notice
names it, and no step does. Whoever it was learns of the answer.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models import Escalation, EscalationStep, Project, User
from governance.querysets.escalations import ENDING
from governance.record.witnessing import witness
from governance.services.escalation_steps import Move, begin, end, lock, move_on
from governance.services.ladder import Stand, ladder_of, next_stand, stands_for
from governance.services.seating import holds_executive_seat
from governance.services.subjects import Subject


class EscalationRefused(Exception):
    """Say why something was not escalated or answered, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is escalated and why; `rung` is where it begins, empty where the ladder says.

    A condition that escalates itself begins above a rung, and has a key of its own.
    """

    subject: Subject
    reason: str
    rung: str = ""
    cause: EscalationCause = EscalationCause.BY_HAND
    key: str = ""
    above: Rung | None = None


@transaction.atomic
def escalate(*, project: Project, call: Call, raised_by: User, raised_at: datetime) -> Escalation:
    """Escalate a row by hand, to whom its ladder begins with or to the rung that was chosen.

    :raises EscalationRefused: no reason, it is escalated already, nobody stands there, or it
        would go to whoever raises it.
    """
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not call.reason.strip():
        raise EscalationRefused(_("Say what you need, and why now."), field="reason")
    _refuse_twice(held, subject=call.subject)
    stand = _beginning(held, call=call, raised_by=raised_by)
    numbered = replace(call, key=_free_key(held, subject=call.subject))
    row = _written(held, call=numbered, raised_by=raised_by, raised_at=raised_at)
    begin(row, stand=stand, at=raised_at)
    return row


@transaction.atomic
def escalate_condition(*, project: Project, call: Call, raised_at: datetime) -> Escalation | None:
    """Escalate what a condition demands, once for its key; None where nobody stands above it."""
    held = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if Escalation.objects.filter(project=held, key=call.key).exists():
        return None
    ladder = ladder_of(held, subject=call.subject)
    stand = next_stand(ladder, above=call.above) or (ladder[-1] if ladder else None)
    if stand is None:
        return None
    row = _written(held, call=call, raised_by=None, raised_at=raised_at)
    begin(row, stand=stand, at=raised_at)
    return row


@transaction.atomic
def answer(
    *, escalation: Escalation, text: str, answered_by: User, answered_at: datetime
) -> EscalationStep:
    """Write the answer to an escalation; it is closed by it.

    :raises EscalationRefused: it is answered, it waits for somebody else, or nothing is said.
    """
    held, now = lock_open(escalation, account=answered_by, text=text)
    move = Move(act=EscalationAct.ANSWERED, text=text.strip(), by=answered_by)
    return end(held, now=now, move=move, at=answered_at)


@transaction.atomic
def pass_on(
    *, escalation: Escalation, to: Stand, text: str, passed_by: User, passed_at: datetime
) -> EscalationStep:
    """Hand an escalation to somebody else with a reason; the clock starts again.

    :raises EscalationRefused: it is answered, it waits for somebody else, no reason, or it
        would go to oneself, to whoever raised it or to somebody who has had it.
    """
    held, now = lock_open(escalation, account=passed_by, text=text)
    had = {step.addressee_id for step in held.steps.all()}
    if to.account == passed_by:
        raise EscalationRefused(_("That is you. Answer it, or choose somebody else."), field="to")
    if to.account.pk in had:
        raise EscalationRefused(
            _("%(who)s has had it. Choose somebody else.") % {"who": to.account.name}, field="to"
        )
    if to.account.pk == held.raised_by_id:
        raise EscalationRefused(_("It came from there. Choose somebody else."), field="to")
    move = Move(act=EscalationAct.PASSED_ON, stand=to, text=text.strip(), by=passed_by)
    return move_on(held, now=now, move=move, at=passed_at)


def passing_choices(escalation: Escalation, *, ladder: list[Stand], account: User) -> list[Stand]:
    """Return to whom somebody may pass an escalation on, the lowest rung first."""
    had = {step.addressee_id for step in escalation.steps.all()}
    closed = {*had, account.pk, escalation.raised_by_id}
    return [each for each in ladder if each.account.pk not in closed]


def may_answer(step: EscalationStep, *, account: User, is_executive: bool) -> bool:
    """Say whether an account may answer: its addressee, or an executive above it."""
    return step.act not in ENDING and (step.addressee_id == account.pk or is_executive)


def lock_open(
    escalation: Escalation, *, account: User, text: str
) -> tuple[Escalation, EscalationStep]:
    """Lock an escalation that an account is about to answer; return it and where it is now.

    :raises EscalationRefused: it is answered, it waits for somebody else, or nothing is said.
    """
    held, now = lock(escalation)
    if now.act in ENDING:
        raise EscalationRefused(_("Somebody has answered it meanwhile."))
    above = now.addressee_id != account.pk
    if above and held.raised_by_id == account.pk:
        raise EscalationRefused(_("You raised it; the answer comes from somebody else."))
    is_executive = above and holds_executive_seat(account, project=held.project)
    if not may_answer(now, account=account, is_executive=is_executive):
        raise EscalationRefused(_("It waits for somebody else."))
    if not text.strip():
        raise EscalationRefused(_("Say something; whoever raised it waits for it."), field="text")
    return held, now


def _beginning(project: Project, *, call: Call, raised_by: User) -> Stand:
    ladder = ladder_of(project, subject=call.subject)
    offered = stands_for(raised_by, project=project, ladder=ladder)
    if offered is None:
        raise EscalationRefused(
            _("Nobody stands above you here: an escalation to oneself is none."), field="rung"
        )
    first, others = offered
    if not call.rung:
        return first
    chosen = next((each for each in others if each.rung == call.rung), None)
    if chosen is None:
        raise EscalationRefused(_("It cannot go there. Choose somebody else."), field="rung")
    return chosen


def _refuse_twice(project: Project, *, subject: Subject) -> None:
    found = Escalation.objects.filter(project=project)
    if found.about(noun=subject.noun, subject_id=subject.id).open().exists():
        raise EscalationRefused(_("This is escalated already, and waits for an answer."))


def _free_key(project: Project, *, subject: Subject) -> str:
    earlier = Escalation.objects.filter(project=project)
    number = earlier.about(noun=subject.noun, subject_id=subject.id).count() + 1
    return f"hand:{subject.noun}:{subject.id}:{number}"


def _written(
    project: Project, *, call: Call, raised_by: User | None, raised_at: datetime
) -> Escalation:
    row = Escalation.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        subject_noun=call.subject.noun,
        subject_id=call.subject.id,
        subject_title=call.subject.title,
        cause=call.cause,
        key=call.key,
        reason=call.reason.strip(),
        raised_by=raised_by,
        salt=secrets.token_hex(32) if raised_by else "",
        raised_at=raised_at,
    )
    witness(row, actor=None)
    return row
