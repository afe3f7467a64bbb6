"""Record changes of the system under test, which make older runs stale."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from governance.models import BusinessProcess, Project
from governance.services.marks import mark_projects
from uat.models import Change, Scenario
from uat.querysets.changes import keep_changed


class ChangeRefused(Exception):
    """Say why a change was not recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDetails:
    """What changed: the build it came with, a sentence, the moment, and where.

    Without a process it touches every process of the project, or the one scenario named.
    """

    build: str
    changed_at: datetime
    summary: str = ""
    process: BusinessProcess | None = None
    scenario: Scenario | None = None


@transaction.atomic
def record_change(*, project: Project, change: ChangeDetails, as_of: datetime) -> Change:
    """Write a change; runs before it, in its process and everything below, are old from now on.

    :raises ChangeRefused: it lies in the future, or what it touches is another project's.
    """
    if change.changed_at > as_of:
        raise ChangeRefused("A change cannot lie in the future.")
    if change.process is not None and change.process.project_id != project.pk:
        raise ChangeRefused("That process belongs to another project.")
    if change.scenario is not None and change.scenario.project_id != project.pk:
        raise ChangeRefused("That scenario belongs to another project.")
    row = Change.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        process=change.process,
        scenario=change.scenario,
        build=change.build,
        summary=change.summary,
        changed_at=change.changed_at,
    )
    refresh_changed(project_id=project.pk)
    return row


@transaction.atomic
def refresh_changed(*, project_id: int) -> int:
    """Mark the project and bring each scenario's last change up to date; return how many moved."""
    mark_projects(project_ids=[project_id])
    return keep_changed(project_id=project_id)
