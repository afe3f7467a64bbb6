"""Let somebody sign for one process in its owner's place, for a while."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Role
from governance.models import BusinessProcess, Delegation, DelegationEnd, Participation, User
from governance.record.witnessing import witness
from governance.services.factors import demand_second_factor
from governance.services.marks import mark_projects

LONGEST = timedelta(days=60)
SIGNING_ROLES = tuple(role for role in Role if role not in (Role.AUDITOR, Role.CONSULTANT))
"""An auditor reads; a consultant is a partner's account."""


class DelegationRefused(Exception):
    """Say why nobody may sign in another's place, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """Who may sign for a process, from and until when, and why."""

    delegate: User
    starts_at: datetime
    ends_at: datetime
    reason: str


@transaction.atomic
def delegate_signing(
    *, process: BusinessProcess, mandate: Mandate, appointed_by: User, appointed_at: datetime
) -> Delegation:
    """Write that somebody of the client may sign for one process within a window.

    Source: 21 CFR 11.10(g); the signature prints it.

    :raises DelegationRefused: not the sponsor, nobody who could sign here, the window is past,
        too long or taken already, or no reason.
    """
    held = BusinessProcess.objects.select_for_update(of=("self",)).get(pk=process.pk)
    _check_sponsor(appointed_by, project_id=held.project_id)
    _check_delegate(mandate.delegate, held, appointed_by=appointed_by)
    _check_window(mandate, held, appointed_at=appointed_at)
    row = Delegation.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        process=held,
        delegate=mandate.delegate,
        starts_at=mandate.starts_at,
        ends_at=mandate.ends_at,
        reason=_said(mandate.reason),
        appointed_by=appointed_by,
        appointed_at=appointed_at,
    )
    mark_projects(project_ids=[held.project_id])
    demand_second_factor(account=mandate.delegate, demanded_at=appointed_at)
    witness(row, actor=appointed_by)
    return row


@transaction.atomic
def end_delegation(
    *, delegation: Delegation, ended_by: User, reason: str, ended_at: datetime
) -> DelegationEnd:
    """End a delegation before its time; what was signed under it stays.

    :raises DelegationRefused: not the sponsor, no reason, or it is over already.
    """
    held = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    _check_sponsor(ended_by, project_id=held.project_id)
    if held.ends_at <= ended_at or DelegationEnd.objects.filter(delegation=held).exists():
        raise DelegationRefused(_("This delegation is over already."))
    row = DelegationEnd.objects.create(
        organisation_id=held.organisation_id,
        project_id=held.project_id,
        delegation=held,
        reason=_said(reason),
        ended_by=ended_by,
        ended_at=ended_at,
    )
    mark_projects(project_ids=[held.project_id])
    witness(row, actor=ended_by)
    return row


def _days_between(starts_at: datetime, ends_at: datetime, *, zone: ZoneInfo) -> timedelta:
    """Return how much a clock on the wall goes on: a day is a day where an hour is skipped."""
    first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in (starts_at, ends_at))
    return last - first


def _said(reason: str) -> str:
    """Return a reason without the space around it.

    :raises DelegationRefused: there is none.
    """
    if not reason.strip():
        raise DelegationRefused(_("Give the reason; it is printed with what is signed."))
    return reason.strip()


def _check_sponsor(account: User, *, project_id: int) -> None:
    """Let only the client's sponsor pass; the seat is read anew.

    :raises DelegationRefused: it is somebody else.
    """
    seats = Participation.objects.filter(
        user=account, project_id=project_id, role=Role.SPONSOR, ended_at__isnull=True
    )
    if account.is_partner or not account.is_active or not seats.exists():
        raise DelegationRefused(
            _("Only the client's sponsor lets somebody sign in an owner's place.")
        )


def _check_delegate(account: User, process: BusinessProcess, *, appointed_by: User) -> None:
    """Accept only somebody else of the client who works in the project and has no say here yet.

    :raises DelegationRefused: it is not.
    """
    told = {"name": account.name, "organisation": account.organisation.name}
    if account.is_partner:
        message = _("%(name)s works for %(organisation)s. A partner never signs.") % told
        raise DelegationRefused(message, field="delegate")
    if account.organisation_id != process.organisation_id or not account.is_active:
        raise DelegationRefused(_("Choose an active account of the client."), field="delegate")
    if account.pk == appointed_by.pk:
        message = _("Nobody appoints themselves. Choose somebody else.")
        raise DelegationRefused(message, field="delegate")
    if account.pk in (process.owner_id, process.deputy_id):
        message = _("%(name)s owns this process or stands in for it, and signs already.") % told
        raise DelegationRefused(message, field="delegate")
    seats = Participation.objects.filter(
        user=account,
        project_id=process.project_id,
        role__in=SIGNING_ROLES,
        ended_at__isnull=True,
    )
    if not seats.exists():
        message = _("%(name)s does not work in this project.") % told
        raise DelegationRefused(message, field="delegate")


def _check_window(mandate: Mandate, process: BusinessProcess, *, appointed_at: datetime) -> None:
    """Accept only a window ahead that is short enough, and that the delegate does not have yet.

    :raises DelegationRefused: it is another.
    """
    starts_at, ends_at = mandate.starts_at, mandate.ends_at
    if starts_at < appointed_at:
        raise DelegationRefused(_("That is past: it begins now or later."), field="starts_on")
    if ends_at <= starts_at:
        raise DelegationRefused(_("It has to end after it begins."), field="ends_on")
    if _days_between(starts_at, ends_at, zone=ZoneInfo(process.project.time_zone)) > LONGEST:
        message = _("Sixty days is the longest. Give it again when they are over.")
        raise DelegationRefused(message, field="ends_on")
    held = Delegation.objects.filter(process=process, delegate=mandate.delegate)
    if held.standing().overlapping(starts_at, ends_at).exists():
        message = _("%(name)s may sign for this process then already.")
        raise DelegationRefused(message % {"name": mandate.delegate.name}, field="delegate")
