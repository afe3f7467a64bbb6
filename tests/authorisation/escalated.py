"""What was escalated: one that waits for the lead, about the scenario of the project."""

from datetime import timedelta

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models import Escalation, EscalationStep
from tests.authorisation.stock import Stock
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write an escalation that the owner raised; only the lead and the executives answer it."""
    raised_at = LATER - timedelta(hours=1)
    escalation = Escalation.objects.create(
        **stock.scope, subject_noun="raid", subject_id="none", subject_title="Nobody tests",
        cause=EscalationCause.BY_HAND, key="hand:raid:none:1", reason="Nobody comes",
        salt="5a17", raised_by=stock.owner, raised_at=raised_at, recorded_at=raised_at,
    )  # fmt: skip
    stock.keep("escalation", escalation)
    EscalationStep.objects.create(
        **stock.scope, escalation=escalation, number=1, act=EscalationAct.ADDRESSED,
        rung=Rung.PROJECT_MANAGER, addressee=stock.lead, due_at=LATER + timedelta(hours=8),
        happened_at=raised_at, recorded_at=raised_at,
    )  # fmt: skip
