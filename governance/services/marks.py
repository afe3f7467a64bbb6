"""Mark projects whose facts changed, so that every surface knows a judgement is old."""

from collections.abc import Iterable, Mapping

from django.db.models import F
from django.db.models.functions import Now

from governance.models import ProjectMark
from governance.querysets.marks import note_versions


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


def note_judged(*, versions: Mapping[int, int]) -> None:
    """Note for each project the version of its mark that a judgement has seen."""
    note_versions(versions)
