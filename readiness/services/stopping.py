"""Stop a gate that the project has, and say which ones were stopped at a moment."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from governance.metrics.charters import standing_stops
from governance.models import GateStop, Project, User
from governance.services.stops import StopRefused, stop_gate
from readiness.models import Gate
from readiness.policy.terms import StopTerms


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


def stops_at(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, StopTerms]]:
    """Return project id -> gate -> the stop that stood at a moment."""
    found = standing_stops(project_ids=project_ids, as_of=as_of)
    return {
        key: {
            stop.gate_key: StopTerms(stop.stopped_by.name, stop.reason, stop.stopped_at)
            for stop in reversed(stops)
        }
        for key, stops in found.items()
    }
