"""What a sponsor signs as the project manager's charter, and whether it grants what it must."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.choices import Power
from governance.models import Charter, GateStop, Participation
from governance.models.authority import POWERS
from governance.querysets.batches import Batch

CHARTER_SIGNED = "gov.charter_signed"
NEEDED = (Power.CALL_PEOPLE, Power.ESCALATE, Power.STOP_GATE)
"""The powers without which a project manager cannot keep a date honest. Source: DX-10."""


def charter_contents(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return project id -> what the newest charter says; nothing where there is none."""
    newest = Charter.objects.newest_at(as_of, project_ids=project_ids)
    return {key: charter_content(charter) for key, charter in newest.items()}


def charter_content(charter: Charter) -> dict[str, Any]:
    """Return what a charter says, as it is signed."""
    return {
        "id": str(charter.public_id),
        "project_manager": charter.project_manager.name,
        "account": str(charter.project_manager.public_id),
        "powers": [[str(power), getattr(charter, column)] for power, column in POWERS.items()],
        "withheld_reason": charter.withheld_reason,
        "written_at": charter.written_at,
    }


def projects_with_power(batch: Batch) -> set[int]:
    """Return the projects whose newest charter grants what is needed to who manages it now."""
    newest = Charter.objects.newest_at(batch.as_of, project_ids=batch.project_ids)
    managing = managers_at(project_ids=newest, as_of=batch.as_of)
    return {
        key
        for key, charter in newest.items()
        if (key, charter.project_manager_id) in managing and set(NEEDED) <= set(charter.granted)
    }


def managers_at(*, project_ids: Collection[int], as_of: datetime) -> set[tuple[int, int]]:
    """Return project and account of everybody of a client who manages it at a moment."""
    seats = Participation.objects.managing_at(as_of).filter(project_id__in=project_ids)
    return set(seats.values_list("project_id", "user_id"))


def standing_stops(*, project_ids: Collection[int], as_of: datetime) -> dict[int, list[GateStop]]:
    """Return project id -> the stops of its gates that stood at a moment, the newest first."""
    rows = GateStop.objects.filter(project_id__in=project_ids).standing_at(as_of)
    found: defaultdict[int, list[GateStop]] = defaultdict(list)
    for stop in rows.select_related("stopped_by").newest_first():
        found[stop.project_id].append(stop)
    return dict(found)
