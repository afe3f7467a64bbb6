"""Mark projects whose facts changed, so that every surface knows a judgement is old."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Now

from governance.models import ProjectMark


def mark_projects(*, project_ids: Iterable[int]) -> None:
    """Count one change for each project; call it in the transaction that writes the facts."""
    wanted = set(project_ids)
    if not wanted:
        return
    marks = ProjectMark.objects.filter(project_id__in=wanted)
    if marks.update(version=F("version") + 1, marked_at=Now()) == len(wanted):
        return
    present = set(marks.values_list("project_id", flat=True))
    ProjectMark.objects.bulk_create(
        [ProjectMark(project_id=project_id, version=1) for project_id in wanted - present],
        ignore_conflicts=True,
    )
