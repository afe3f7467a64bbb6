"""Who may do what: an account's seat in a project, and one predicate per act.

A seat is asked for once per request; the predicates run no query. Whatever is not
allowed here is not allowed: an act without a predicate does not exist.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from governance.choices import EXECUTIVE_ROLES, Role
from governance.models import BusinessProcess, Decision, Participation, Project, User

IMPORT_ROLES = (
    Role.PROJECT_MANAGER,
    Role.TEST_LEAD,
    Role.CHANGE_LEAD,
    Role.DATA_OWNER,
    Role.IT,
)
APPOINTING_ROLES = (*EXECUTIVE_ROLES, Role.PROJECT_MANAGER)
STATUS_ROLES = (*EXECUTIVE_ROLES, Role.PROJECT_MANAGER)


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Keep the door shut: accounts are made by an administrator, not by signing up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse every sign-up."""
        return False


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

    @property
    def does_work(self) -> bool:
        """Say whether the account holds any role beyond looking on."""
        return bool(self.roles - {Role.AUDITOR})

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


def may_record_runs(seat: Seat) -> bool:
    """Everybody who works in the project records runs; a partner's are never counted."""
    return seat.does_work


def may_import(seat: Seat) -> bool:
    """Files of facts come in through the client's own leads, never through a partner."""
    return seat.holds(IMPORT_ROLES)


def may_raise(seat: Seat) -> bool:
    """Everybody who works in the project raises decisions and writes assumptions down."""
    return seat.does_work


def may_decide(seat: Seat, decision: Decision) -> bool:
    """The named decider decides; where nobody is named, an executive does."""
    if decision.decider_id is None:
        return seat.is_executive
    return seat.is_business and decision.decider_id == seat.user.pk


def may_rule(seat: Seat, processes: Collection[BusinessProcess]) -> bool:
    """An owner of a process that rests on the assumption rules on it; else an executive.

    `processes` are the accountable ones; without any owner an executive rules.
    """
    owners = {pk for process in processes for pk in (process.owner_id, process.deputy_id) if pk}
    if owners:
        return seat.is_business and seat.user.pk in owners
    return seat.is_executive


def may_appoint(seat: Seat) -> bool:
    """The sponsor, the steering and the project manager name owners and deputies."""
    return seat.holds(APPOINTING_ROLES)


def may_move_date(seat: Seat) -> bool:
    """Only executives of the client move the go-live date, by a decision."""
    return seat.is_executive


def may_sign(seat: Seat, process: BusinessProcess) -> bool:
    """The owner or the deputy of the process signs or refuses its evidence."""
    return seat.is_business and seat.user.pk in {process.owner_id, process.deputy_id}


def may_report_metric(seat: Seat, accountable_roles: Collection[str]) -> bool:
    """Whoever answers for a criterion reports its figure, and so may the project manager."""
    return seat.holds({*accountable_roles, Role.PROJECT_MANAGER})


def may_report_status(seat: Seat) -> bool:
    """The project manager and the executives report how they see the project."""
    return seat.holds(STATUS_ROLES)


def may_ask_for_acceptance(seat: Seat) -> bool:
    """Everybody of the client who works in the project asks for a risk to be accepted."""
    return seat.is_business and seat.does_work


def may_accept_risk(seat: Seat) -> bool:
    """Only the client's sponsor and steering members accept a risk."""
    return seat.is_executive
