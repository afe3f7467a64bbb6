"""Check every night that kept columns say what the facts say; mend and tell where not."""

import logging
from collections.abc import Collection

from django.db import transaction

from governance.choices import Phase
from governance.models import Project
from training.services.standings import check_standings, end_standings, refresh_standings
from uat.services.changes import refresh_changed
from uat.services.defects import refresh_defects
from uat.services.executions import check_latest, refresh_latest

log = logging.getLogger(__name__)


def check_kept_columns(*, project_ids: Collection[int] | None = None) -> list[int]:
    """Return the projects whose kept columns were out of step; they are mended and marked.

    The newest run of a scenario, the state of a defect and a person's standing are kept
    beside the facts for speed. A difference is a bug or a hand in the database: it is
    logged as an error, derived anew from the facts, and the project is judged again.
    """
    ids = sorted(project_ids) if project_ids is not None else _open_projects()
    if not _is_out_of_step(ids):
        return []
    drifted = [project_id for project_id in ids if _is_out_of_step([project_id])]
    for project_id in drifted:
        log.error("kept columns of project %s were out of step; derived anew", project_id)
        _derive_anew(project_id)
    return drifted


def _open_projects() -> list[int]:
    return list(Project.objects.exclude(phase=Phase.CLOSED).values_list("pk", flat=True))


def _is_out_of_step(project_ids: list[int]) -> bool:
    return bool(check_latest(project_ids=project_ids) or check_standings(project_ids=project_ids))


@transaction.atomic
def _derive_anew(project_id: int) -> None:
    refresh_latest(project_id=project_id)
    refresh_changed(project_id=project_id)
    refresh_defects(project_id=project_id)
    refresh_standings(project_id=project_id)
    end_standings(project_id=project_id)
