"""Something escalated and answered, for the project that REST is walked over."""

from datetime import timedelta

from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models import Escalation, EscalationStep, Project, User
from tests.factories import NOW, make_user


def add_escalation(project: Project, *, actor: User, mark: str) -> str:
    """Write an escalation whose texts carry a mark; return its identifier."""
    scope = {"organisation_id": project.organisation_id, "project": project}
    escalation = Escalation.objects.create(
        **scope, subject_noun="raid", subject_id="1", subject_title=mark,
        cause=EscalationCause.BY_HAND, key="hand:raid:1:1", reason=mark, salt="5a17",
        raised_by=make_user(organisation=project.organisation, name=f"{mark} raiser"),
        raised_at=NOW,
    )  # fmt: skip
    steps = {**scope, "escalation": escalation, "rung": Rung.PROJECT_MANAGER}
    EscalationStep.objects.create(
        **steps, number=1, act=EscalationAct.ADDRESSED, addressee=actor, happened_at=NOW,
        due_at=NOW + timedelta(hours=8),
    )  # fmt: skip
    EscalationStep.objects.create(
        **steps, number=2, act=EscalationAct.ANSWERED, by=actor, text=mark, happened_at=NOW
    )
    return str(escalation.public_id)
