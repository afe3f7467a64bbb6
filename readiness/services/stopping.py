"""Stop a gate that the project has."""

from datetime import datetime

from django.utils.translation import gettext as _

from governance.models import GateStop, Project, User
from governance.services.stops import StopRefused, stop_gate
from readiness.models import Gate


def stop_own_gate(
    *, project: Project, gate_key: str, reason: str, stopped_by: User, stopped_at: datetime
) -> GateStop:
    """Stop a gate of the project: it is a no-go until the stop ends.

    :raises StopRefused: the project has no such gate, or as `stop_gate`.
    """
    if not Gate.objects.filter(project=project, key=gate_key).exists():
        raise StopRefused(_("This project has no such gate."), field="gate")
    return stop_gate(
        project=project,
        gate_key=gate_key,
        reason=reason,
        stopped_by=stopped_by,
        stopped_at=stopped_at,
    )
