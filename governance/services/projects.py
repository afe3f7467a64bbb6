"""Open a project and move its go-live date."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import RecordKind
from governance.models import Decision, GoLiveDate, Organisation, Project, User
from governance.record.log import begin_log
from governance.record.witnessing import witness, witness_all
from governance.services.freezing import refuse_while_frozen
from governance.services.marks import mark_projects


class DateMoveRefused(Exception):
    """Say why the go-live date stays where it is."""


@transaction.atomic
def open_project(
    *,
    organisation: Organisation,
    name: str,
    slug: str,
    go_live_date: date | None,
    opened_at: datetime,
    **fields: Any,
) -> Project:
    """Write a project with its first go-live date and its mark, and begin its record."""
    project = write_project(
        organisation=organisation,
        name=name,
        slug=slug,
        go_live_date=go_live_date,
        opened_at=opened_at,
        **fields,
    )
    record_openings([project])
    return project


@transaction.atomic
def write_project(
    *,
    organisation: Organisation,
    name: str,
    slug: str,
    go_live_date: date | None,
    opened_at: datetime,
    **fields: Any,
) -> Project:
    """Write a project as `open_project` does, for many at once: `record_openings` follows."""
    project = Project.objects.create(
        organisation=organisation,
        name=name,
        slug=slug,
        go_live_date=go_live_date,
        **fields,
    )
    if go_live_date is not None:
        GoLiveDate.objects.create(
            organisation=organisation,
            project=project,
            go_live_date=go_live_date,
            reason="First date of the project",
            is_first=True,
            decided_at=opened_at,
            recorded_at=opened_at,
        )
    mark_projects(project_ids=[project.pk])
    return project


@transaction.atomic
def record_openings(projects: Sequence[Project]) -> None:
    """Begin the records of new projects with their first dates."""
    dates = GoLiveDate.objects.filter(project__in=projects, is_first=True)
    rows = {row.project_id: row for row in dates.select_related("project__organisation")}
    witness_all(rows.values(), actor=None, kind=RecordKind.DATE_SET)
    for project in projects:
        if project.pk not in rows:
            begin_log(project)


@transaction.atomic
def move_go_live_date(
    *,
    project: Project,
    go_live_date: date,
    decision: Decision,
    decided_by: User,
    decided_at: datetime,
) -> GoLiveDate:
    """Move the date by a decision that has an outcome; the old date stays on record.

    :raises DateMoveRefused: the decision is another project's or still open, the new date
        is not after the moment of deciding, a partner decides, or the gates are frozen.
    """
    refuse_while_frozen(project, refusal=DateMoveRefused)
    if decision.project_id != project.pk:
        raise DateMoveRefused(_("That decision belongs to another project."))
    if not decision.outcomes.exists():
        raise DateMoveRefused(_("Record the decision's outcome first; only it moves the date."))
    if go_live_date <= decided_at.date():
        raise DateMoveRefused(_("A go-live date lies in the future."))
    if decided_by.is_partner:
        raise DateMoveRefused(_("Only the client moves its own go-live date."))
    moved = GoLiveDate.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        go_live_date=go_live_date,
        reason=decision.title,
        decision=decision,
        decided_by=decided_by,
        decided_at=decided_at,
    )
    Project.objects.filter(pk=project.pk).update(go_live_date=go_live_date)
    mark_projects(project_ids=[project.pk])
    witness(moved, actor=decided_by, kind=RecordKind.DATE_MOVED)
    return moved
