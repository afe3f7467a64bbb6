"""An account's seat in a project: who it is there, and which roles it holds now."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from governance.choices import EXECUTIVE_ROLES, Role
from governance.models import Participation, Project, User

ALL_ROLES = frozenset(Role)
WORKING_ROLES = ALL_ROLES - {Role.AUDITOR}
IMPORT_ROLES = (
    Role.PROJECT_MANAGER,
    Role.TEST_LEAD,
    Role.CHANGE_LEAD,
    Role.DATA_OWNER,
    Role.IT,
)
APPOINTING_ROLES = (*EXECUTIVE_ROLES, Role.PROJECT_MANAGER)
STATUS_ROLES = (*EXECUTIVE_ROLES, Role.PROJECT_MANAGER)


@dataclass(frozen=True, slots=True)
class Seat:
    """Say who an account is in a project: the roles it holds there now."""

    user: User
    project: Project
    roles: frozenset[str]

    @property
    def is_business(self) -> bool:
        """Say whether the account belongs to the client whose project this is."""
        return (
            not self.user.is_partner and self.user.organisation_id == self.project.organisation_id
        )

    @property
    def is_executive(self) -> bool:
        """Say whether the account is the client's sponsor or a steering member."""
        return self.holds(EXECUTIVE_ROLES)

    def holds(self, roles: Collection[str]) -> bool:
        """Say whether the account acts for the client in one of the roles."""
        return self.is_business and not self.roles.isdisjoint(roles)


def seat_of(user: User, *, project: Project) -> Seat:
    """Return the seat of an account in a project, empty of roles when it holds none."""
    held = Participation.objects.filter(user=user, project=project, ended_at__isnull=True)
    return Seat(user, project, frozenset(held.values_list("role", flat=True)))


def seats_of(user: User, *, projects: Iterable[Project]) -> list[Seat]:
    """Return the account's seat in each of the projects, in their order, by one query."""
    held = Participation.objects.filter(user=user, ended_at__isnull=True)
    roles: defaultdict[int, set[str]] = defaultdict(set)
    for project_id, role in held.values_list("project_id", "role"):
        roles[project_id].add(role)
    return [Seat(user, project, frozenset(roles[project.pk])) for project in projects]
