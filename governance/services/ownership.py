"""Name who owns a process and who stands in."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import NoticeKind
from governance.models import BusinessProcess, Ownership, Participation, User
from governance.outbox import News, tell
from governance.record.witnessing import witness
from governance.services.factors import demand_second_factor
from governance.services.marks import mark_projects


class OwnershipRefused(Exception):
    """Say why nobody was appointed, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Appointment:
    """The owner and the deputy of a process; nobody means that the place is empty."""

    owner: User | None
    deputy: User | None


@transaction.atomic
def appoint(
    *,
    process: BusinessProcess,
    appointment: Appointment,
    assigned_by: User,
    assigned_at: datetime,
) -> Ownership:
    """Write who owns a process from now on; the earlier owners stay on record.

    :raises OwnershipRefused: somebody named is a partner's, another client's, does not take
        part in the project, or is named twice.
    """
    owner, deputy = appointment.owner, appointment.deputy
    if owner is None and deputy is not None:
        raise OwnershipRefused(
            _("Name the owner first; a deputy stands in for one."), field="deputy"
        )
    if owner is not None and deputy is not None and owner.pk == deputy.pk:
        raise OwnershipRefused(_("The deputy has to be somebody else."), field="deputy")
    for field, account in (("owner", owner), ("deputy", deputy)):
        if account is not None:
            _check(account, process, field=field)
    held = BusinessProcess.objects.select_for_update(of=("self",)).get(pk=process.pk)
    row = Ownership.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        process=held,
        owner=owner,
        deputy=deputy,
        assigned_by=assigned_by,
        assigned_at=assigned_at,
    )
    BusinessProcess.objects.filter(pk=held.pk).update(owner=owner, deputy=deputy)
    mark_projects(project_ids=[held.project_id])
    for account in (owner, deputy):
        if account is not None:
            demand_second_factor(account=account, demanded_at=assigned_at)
    _tell(row, before={held.owner_id, held.deputy_id})
    witness(row, actor=assigned_by)
    return row


def _tell(row: Ownership, *, before: set[int | None]) -> None:
    """Tell whoever is new in it, unless it is who named them."""
    news = News(
        kind=NoticeKind.OWNERSHIP_GIVEN,
        noun="process",
        subject_id=row.process.public_id,
        title=str(row.process),
        key=f"ownership:{row.public_id}",
        happened_at=row.assigned_at,
    )
    named = [row.owner, row.deputy]
    told = [each for each in named if each and each.pk not in {row.assigned_by_id, *before}]
    tell(news, accounts=told, project=row.project)


def _check(account: User, process: BusinessProcess, *, field: str) -> None:
    """Accept only an active account of the client's own business that is in the project.

    :raises OwnershipRefused: it is not.
    """
    if account.is_partner:
        message = _("%(name)s works for %(organisation)s. A partner never owns.") % {
            "name": account.name,
            "organisation": account.organisation.name,
        }
        raise OwnershipRefused(message, field=field)
    if account.organisation_id != process.organisation_id or not account.is_active:
        raise OwnershipRefused(_("Choose an active account of the client."), field=field)
    seats = Participation.objects.filter(user=account, project_id=process.project_id)
    if not seats.filter(ended_at__isnull=True).exists():
        message = _("%(name)s does not take part in this project yet.") % {"name": account.name}
        raise OwnershipRefused(message, field=field)
