"""Do with an escalation what its addressee chose: answer, decide or pass it on."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from governance.choices import EscalationAct
from governance.models import Escalation, EscalationStep, User
from governance.services.caveats import CaveatSource, write_caveat
from governance.services.escalated_decisions import decide_escalated
from governance.services.escalations import answer, pass_on
from governance.services.ladder import Stand


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What somebody makes of an escalation: `why` for a decision, `to` where it is passed on."""

    act: EscalationAct
    text: str
    why: str = ""
    to: Stand | None = None
    is_caveat: bool = False


@transaction.atomic
def reply_to(escalation: Escalation, *, reply: Reply, by: User, at: datetime) -> EscalationStep:
    """Carry out a reply; one that is marked as a caveat rises to page one.

    :raises EscalationRefused: it is answered, or waits for somebody else.
    :raises CaveatRefused: the caveat is empty or too long.
    """
    step = _carried_out(escalation, reply=reply, by=by, at=at)
    if reply.is_caveat:
        source = CaveatSource("escalation", escalation.public_id, escalation.subject_title)
        write_caveat(
            project=escalation.project, text=reply.text, writer=by, written_at=at, source=source
        )
    return step


def _carried_out(escalation: Escalation, *, reply: Reply, by: User, at: datetime) -> EscalationStep:
    if reply.act == EscalationAct.DECIDED:
        return decide_escalated(
            escalation=escalation, text=reply.text, reason=reply.why, decided_by=by, decided_at=at
        )
    if reply.act == EscalationAct.PASSED_ON and reply.to is not None:
        return pass_on(
            escalation=escalation, to=reply.to, text=reply.text, passed_by=by, passed_at=at
        )
    return answer(escalation=escalation, text=reply.text, answered_by=by, answered_at=at)
