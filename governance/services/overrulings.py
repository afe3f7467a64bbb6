"""Write down that the project manager was overruled: by whom, in what, and why."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.models import Overruling, Participation, Project, User
from governance.record.witnessing import witness
from governance.services.marks import mark_projects
from governance.services.seating import holds_executive_seat, is_project_manager
from governance.services.stops import tell_overruled


class OverrulingRefused(Exception):
    """Say why no overruling was written, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was overruled: whose word, by whom, when, in what, why, and in which power."""

    project_manager: User
    overruled_by: User
    overruled_at: datetime
    what: str
    reason: str
    power: str = ""


@transaction.atomic
def write_overruling(
    *, project: Project, told: Told, written_by: User, written_at: datetime
) -> Overruling:
    """Write an overruling; the project manager does, or an executive.

    :raises OverrulingRefused: the writer does neither, one of the two is not of the client's
        project, they are the same, it has not happened yet, or what or why is empty.
    """
    if not (
        holds_executive_seat(written_by, project=project)
        or is_project_manager(written_by, project=project)
    ):
        message = _("The project manager or an executive writes down an overruling.")
        raise OverrulingRefused(message)
    _check(told, project, written_at=written_at)
    row = Overruling.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        project_manager=told.project_manager,
        power=told.power,
        what=told.what.strip(),
        reason=told.reason.strip(),
        overruled_by=told.overruled_by,
        overruled_at=told.overruled_at,
        written_by=written_by,
    )
    mark_projects(project_ids=[project.pk])
    tell_overruled(row)
    witness(row, actor=written_by)
    return row


def _check(told: Told, project: Project, *, written_at: datetime) -> None:
    """Accept only two people of the client, a moment that has come, and words.

    :raises OverrulingRefused: something of it is otherwise.
    """
    if not is_project_manager(told.project_manager, project=project):
        message = _("%(name)s does not hold the project manager's role in this project.")
        name = {"name": told.project_manager.name}
        raise OverrulingRefused(message % name, field="project_manager")
    if told.overruled_by.pk == told.project_manager.pk:
        message = _("Nobody overrules themselves. Choose who did.")
        raise OverrulingRefused(message, field="overruled_by")
    account = told.overruled_by
    seats = Participation.objects.filter(user=account, project=project)
    if account.is_partner or account.organisation_id != project.organisation_id:
        message = _("%(name)s is not of the client: a partner asks, and the client overrules.")
        raise OverrulingRefused(message % {"name": account.name}, field="overruled_by")
    if not seats.exists():
        message = _("%(name)s never took part in this project.") % {"name": account.name}
        raise OverrulingRefused(message, field="overruled_by")
    if told.overruled_at > written_at:
        raise OverrulingRefused(_("That has not happened yet."), field="overruled_on")
    for field in ("what", "reason"):
        if not getattr(told, field).strip():
            raise OverrulingRefused(_("Say what was overruled, and why."), field=field)
