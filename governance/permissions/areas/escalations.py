"""Escalating, and answering: the acts, and which address is which."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from governance.choices import EscalationCause, Scope
from governance.models import Escalation
from governance.permissions.act import Act, Area
from governance.permissions.seats import ALL_ROLES, WORKING_ROLES, Seat
from governance.permissions.table import Rule, rows, table

SEE_ESCALATIONS = Act(
    "see_escalations",
    Area.DECISIONS,
    _("See what was escalated, and with whom it is"),
    roles=ALL_ROLES,
    partner=True,
    administrators=True,
    narrower=_("who raised it, why, and what was answered: only the addressees and executives"),
)
ESCALATE = Act(
    "escalate",
    Area.DECISIONS,
    _("Escalate a row to whoever stands above"),
    roles=WORKING_ROLES,
    partner=True,
    refusal=_("An auditor reads here. Ask somebody who works in the project to escalate it."),
)
ANSWER_ESCALATION = Act(
    "answer_escalation",
    Area.DECISIONS,
    _("Answer, decide or pass on what was escalated"),
    roles=WORKING_ROLES,
    narrower=_("only the addressee, or an executive above"),
    refusal=_("It waits for somebody else."),
)
_ANSWERED = "GET POST"
POLICY: dict[tuple[str, str], Rule] = table(
    rows(SEE_ESCALATIONS, "governance:escalation-list", "governance:escalation-detail"),
    rows(ESCALATE, "governance:escalation-add", by=_ANSWERED),
    rows(ANSWER_ESCALATION, "governance:escalation-detail", by="POST"),
    rows(SEE_ESCALATIONS, "api:escalation-list", "api:escalation-show", scope=Scope.READ),
)


def may_see_inside(seat: Seat, escalation: Escalation, *, addressees: Collection[int]) -> bool:
    """Say whether a seat may know who raised an escalation, why, and what was answered.

    That is whoever raised it, whoever has had it, and the sponsor and the steering above.
    What no person raised holds nothing back. Source: mission row C4.
    """
    if escalation.cause != EscalationCause.BY_HAND:
        return True
    mine = seat.user.pk in {escalation.raised_by_id, *addressees}
    return mine or seat.is_executive
