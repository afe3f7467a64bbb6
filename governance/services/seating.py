"""Ask, in the transaction of an act, which roles an account of the client holds now."""

from collections.abc import Collection

from governance.choices import EXECUTIVE_ROLES, Role
from governance.models import Participation, Project, User


def holds_seat(account: User, *, project: Project, roles: Collection[str]) -> bool:
    """Say whether an active account of the client holds one of the roles now."""
    if account.is_partner or not account.is_active:
        return False
    if account.organisation_id != project.organisation_id:
        return False
    seats = Participation.objects.filter(user=account, project=project, ended_at__isnull=True)
    return seats.filter(role__in=roles).exists()


def holds_executive_seat(account: User, *, project: Project) -> bool:
    """Say whether an account is the client's sponsor or a steering member now."""
    return holds_seat(account, project=project, roles=EXECUTIVE_ROLES)


def is_project_manager(account: User, *, project: Project) -> bool:
    """Say whether an account is the client's project manager now."""
    return holds_seat(account, project=project, roles=[Role.PROJECT_MANAGER])


def is_sponsor(account: User, *, project: Project) -> bool:
    """Say whether an account is the client's sponsor now."""
    return holds_seat(account, project=project, roles=[Role.SPONSOR])


def sponsors_of(project: Project) -> list[User]:
    """Return the active accounts of the client that hold the sponsor's role now."""
    return _holding(project, [Role.SPONSOR])


def executives_of(project: Project) -> list[User]:
    """Return the active accounts of the client that are sponsor or steering now."""
    return _holding(project, EXECUTIVE_ROLES)


def project_managers_of(project: Project) -> list[User]:
    """Return the active accounts of the client that manage the project now, by name."""
    return _holding(project, [Role.PROJECT_MANAGER])


def _holding(project: Project, roles: Collection[str]) -> list[User]:
    return list(User.objects.holding(roles, project=project).by_name())
