"""The ladder that an escalation climbs: who stands on which rung, and how long each has.

The project manager, then the owner of what it is about or the manager of the department that
it asks, then the sponsor, then the steering. Source: mission row C4.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from governance.choices import Role, Rung
from governance.models import Charter, Participation, Project, User
from governance.services.subjects import Subject

HEIGHT = {
    Rung.PROJECT_MANAGER: 1,
    Rung.PROCESS_OWNER: 2,
    Rung.DEPARTMENT_MANAGER: 2,
    Rung.SPONSOR: 3,
    Rung.STEERING: 4,
}
HOURS = {
    Rung.PROJECT_MANAGER: 8,
    Rung.PROCESS_OWNER: 8,
    Rung.DEPARTMENT_MANAGER: 8,
    Rung.SPONSOR: 16,
    Rung.STEERING: 24,
}
"""Working hours to answer in. Source: criteria GO-16, ladders of 24 and 72 hours [B27]."""
RUNG_OF_ROLE = {
    Role.PROJECT_MANAGER: Rung.PROJECT_MANAGER,
    Role.SPONSOR: Rung.SPONSOR,
    Role.STEERING: Rung.STEERING,
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Somebody on a rung."""

    rung: Rung
    account: User

    @property
    def height(self) -> int:
        """Return how far up it is."""
        return HEIGHT[self.rung]


def ladder_of(project: Project, *, subject: Subject | None) -> list[Stand]:
    """Return one person for each rung that somebody stands on, the lowest first.

    Of several with a role it is whoever held it first.
    """
    found: dict[Rung, Stand] = {}
    for stand in (*_owners(subject), *_leaders(project)):
        if _answers_here(stand.account, project):
            found.setdefault(stand.rung, stand)
    return sorted(found.values(), key=lambda each: each.height)


def next_stand(
    ladder: list[Stand], *, above: Rung | None, without: Collection[int] = ()
) -> Stand | None:
    """Return who stands next above a rung and is none of some accounts; None at the top."""
    height = HEIGHT[above] if above else 0
    free = (each for each in ladder if each.height > height and each.account.pk not in without)
    return next(free, None)


def stands_for(
    account: User, *, project: Project, ladder: list[Stand]
) -> tuple[Stand, list[Stand]] | None:
    """Return where somebody's escalation begins, and where else it may; None where nowhere.

    Everybody may begin up to the sponsor, so that where one begins tells nothing of who raised
    it. Only a project manager from whom the charter withholds the direct way to the sponsor has
    to ask an owner or a department manager first, where there is one.
    """
    free = [each for each in ladder if each.account.pk != account.pk]
    if not free:
        return None
    below_steering = [each for each in free if each.rung != Rung.STEERING] or free[:1]
    between = [each for each in below_steering if each.rung != Rung.SPONSOR]
    if between and _is_withheld(account, project):
        below_steering = between
    return below_steering[0], below_steering


def _is_withheld(account: User, project: Project) -> bool:
    """Say whether the newest charter of a project manager withholds the way to the sponsor."""
    written = Charter.objects.filter(project=project, project_manager=account)
    newest = written.order_by("-written_at", "-pk").first()
    return newest is not None and not newest.may_escalate


def _owners(subject: Subject | None) -> Iterator[Stand]:
    if subject is None:
        return
    if subject.department is not None and subject.department.manager is not None:
        yield Stand(Rung.DEPARTMENT_MANAGER, subject.department.manager)
    for process in subject.processes:
        for account in (process.owner, process.deputy):
            if account is not None:
                yield Stand(Rung.PROCESS_OWNER, account)


def _leaders(project: Project) -> Iterator[Stand]:
    held = Participation.objects.filter(
        project=project, ended_at__isnull=True, role__in=RUNG_OF_ROLE
    )
    for row in held.select_related("user").order_by("started_at", "pk"):
        yield Stand(RUNG_OF_ROLE[Role(row.role)], row.user)


def _answers_here(account: User, project: Project) -> bool:
    return account.is_active and account.organisation_id == project.organisation_id
