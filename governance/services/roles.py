"""Give an account a role in a project, and end it; it counts from the next request on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import RecordKind, Role, SecurityEventKind
from governance.models import Participation, Project, User
from governance.record.witnessing import witness
from governance.services.addresses import AddressRefused, normal_address
from governance.services.administering import (
    AdministrationRefused,
    check_administrator,
    check_client_of,
)
from governance.services.factors import demand_second_factor
from governance.services.marks import mark_projects
from governance.services.security import note_event


class RoleRefused(AdministrationRefused):
    """Say why a role was not given or ended, and which field to mend."""


@transaction.atomic
def give_role(
    *,
    project: Project,
    account: User,
    role: str,
    given_by: User,
    given_at: datetime,
) -> Participation:
    """Let an account take part in a project; the client's administrator decides.

    Nobody gives a role to themselves: whoever may name others would name the signers too.

    :raises AdministrationRefused: the giver does not administer the project's client.
    :raises RoleRefused: the role is not for this account, or held already.
    """
    check_client_of(project, actor=given_by)
    if account.pk == given_by.pk:
        raise RoleRefused(
            _("Nobody gives a role to themselves. Ask another administrator."), field="role"
        )
    held = User.objects.select_for_update().select_related("organisation").get(pk=account.pk)
    check_role(account=held, project=project, role=role)
    current = Participation.objects.current().of_user(held)
    if current.filter(project=project, role=role).exists():
        message = _("%(name)s has this role in the project already.") % {"name": held.name}
        raise RoleRefused(message, field="role")
    row = Participation.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        user=held,
        role=role,
        started_at=given_at,
        given_by=given_by,
    )
    _note(SecurityEventKind.ROLE_GIVEN, row=row, actor=given_by)
    demand_second_factor(account=held, demanded_at=given_at)
    witness(row, actor=given_by, kind=RecordKind.ROLE_GIVEN)
    return row


@transaction.atomic
def end_role(*, participation: Participation, ended_by: User, ended_at: datetime) -> None:
    """End a role; the row stays, and so does everything that was done in it.

    The client's administrator ends any role in the client's projects, a partner's those of
    the partner's own accounts.

    :raises AdministrationRefused: the administrator of neither.
    :raises RoleRefused: the role has ended already.
    """
    row = (
        Participation.objects.select_for_update(of=("self",))
        .select_related("user")
        .get(pk=participation.pk)
    )
    answers_for = row.user.organisation_id if ended_by.is_partner else row.organisation_id
    check_administrator(ended_by, organisation_id=answers_for)
    if row.ended_at is not None:
        raise RoleRefused(_("This role has ended already."))
    row.ended_at, row.ended_by = ended_at, ended_by
    row.save(update_fields=["ended_at", "ended_by"])
    _note(SecurityEventKind.ROLE_ENDED, row=row, actor=ended_by)
    witness(row, actor=ended_by, kind=RecordKind.ROLE_ENDED)


@transaction.atomic
def admit_consultant(
    *,
    project: Project,
    email: str,
    admitted_by: User,
    admitted_at: datetime,
) -> Participation:
    """Let an account of a partner that works on the project take part in it.

    Whatever keeps the address from being admitted, the answer is the same: it tells nobody
    who has an account.

    :raises AdministrationRefused: not an administrator of the project's client.
    :raises RoleRefused: no active account of a partner of the project has this address, or
        it takes part already.
    """
    check_client_of(project, actor=admitted_by)
    try:
        address = normal_address(email)
    except AddressRefused as refusal:
        raise RoleRefused(str(refusal), field="email") from refusal
    partners = project.partners.values("pk")
    found = User.objects.filter(email=address, is_active=True, organisation__in=partners).first()
    if found is None:
        message = _("No account of a partner of this project has this address.")
        raise RoleRefused(message, field="email")
    return give_role(
        project=project,
        account=found,
        role=Role.CONSULTANT,
        given_by=admitted_by,
        given_at=admitted_at,
    )


def check_role(*, account: User, project: Project, role: str) -> None:
    """Check that a role is for the side of the contract on which the account stands.

    :raises RoleRefused: it is not, or the account is closed.
    """
    if role not in Role.values:
        raise RoleRefused(_("Choose one of the roles."), field="role")
    if not account.is_active:
        raise RoleRefused(_("This account is closed."), field="role")
    if account.is_partner:
        _check_partner(account, project, role)
    elif account.organisation_id != project.organisation_id:
        raise RoleRefused(_("A role is for the client's own accounts."), field="role")
    elif role == Role.CONSULTANT:
        message = _("A consultant works for a partner. Choose a role of the client's own people.")
        raise RoleRefused(message, field="role")


def _check_partner(account: User, project: Project, role: str) -> None:
    """Let a partner's account be a consultant, where its partner works on the project.

    :raises RoleRefused: anything else.
    """
    if not project.partners.filter(pk=account.organisation_id).exists():
        raise RoleRefused(_("This partner does not work on the project."), field="role")
    if role != Role.CONSULTANT:
        raise RoleRefused(
            _("A partner's account is a consultant; it never acts for the business."),
            field="role",
        )


def _note(kind: SecurityEventKind, *, row: Participation, actor: User) -> None:
    mark_projects(project_ids=[row.project_id])
    note_event(
        kind,
        account=row.user,
        actor=actor,
        project=row.project,
        role=row.role,
    )
