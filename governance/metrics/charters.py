"""What a sponsor signs as the project manager's charter, and whether it grants what it must."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from governance.choices import Power
from governance.models import Charter, Participation
from governance.models.authority import POWERS
from governance.querysets.batches import Batch
from governance.querysets.scope import project_words
from governance.record.canonical import canonical

CHARTER_VERSION = 1
CHARTER_SIGNED = "gov.charter_signed"
NEEDED = (Power.CALL_PEOPLE, Power.ESCALATE, Power.STOP_GATE)
"""The powers without which a project manager cannot keep a date honest. Source: DX-10."""


def charter_bodies(*, project_ids: Collection[int], as_of: datetime) -> dict[int, str]:
    """Return project id -> the canonical JSON of the newest charter; null where there is none."""
    newest = Charter.objects.newest_at(as_of, project_ids=project_ids)
    names = project_words(project_ids=project_ids)
    return {key: charter_body(newest.get(key), project=words) for key, words in names.items()}


def charter_body(charter: Charter | None, *, project: Mapping[str, str]) -> str:
    """Return the canonical JSON of a charter, `project` being how its project is called."""
    told = None if charter is None else _words(charter)
    return canonical({"version": CHARTER_VERSION, "project": project, "charter": told})


def charters_of(batch: Batch) -> dict[int, str]:
    """Return the same for the projects of a batch."""
    return charter_bodies(project_ids=batch.project_ids, as_of=batch.as_of)


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


def _words(charter: Charter) -> dict[str, Any]:
    return {
        "id": str(charter.public_id),
        "project_manager": charter.project_manager.name,
        "account": str(charter.project_manager.public_id),
        "powers": [[str(power), getattr(charter, column)] for power, column in POWERS.items()],
        "withheld_reason": charter.withheld_reason,
        "written_at": charter.written_at,
    }
