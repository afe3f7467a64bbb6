"""Open a project and move its go-live date."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Decision, GoLiveDate, Organisation, Project, User
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
    """Write a project with its first go-live date and its mark."""
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
        is not after the moment of deciding, or a partner decides.
    """
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
    return moved
