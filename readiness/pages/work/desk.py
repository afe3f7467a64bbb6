"""Who looks at the work that waits, and what one thing that waits is."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from governance.choices import Phase
from governance.models import Project, User
from governance.pages.waiting import days_between
from governance.permissions import Seat, seats_of


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of thing waits: a code that never changes, its word, and its shape."""

    code: str
    word: str | Promise
    shape: str


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for the reader, done in one screen."""

    kind: Kind
    text: str
    project: Project
    href: str
    since: datetime
    age: str


@dataclass(frozen=True, slots=True)
class Desk:
    """An account, its seats in the projects that are not closed, and the moment it looks."""

    user: User
    seats: list[Seat]
    at: datetime

    @property
    def project_ids(self) -> list[int]:
        """Return the projects to look into."""
        return [seat.project.pk for seat in self.seats]

    def item(
        self, kind: Kind, text: str, *, project: Project, href: str, since: datetime
    ) -> WorkItem:
        """Return one thing that waits, with its age."""
        return WorkItem(kind, text, project, href, since, days_between(since, self.at))


def desk_of(user: User, *, at: datetime) -> Desk:
    """Return the desk of an account: the projects in which it holds a role."""
    projects = Project.objects.visible_to(user).exclude(phase=Phase.CLOSED)
    seats = [seat for seat in seats_of(user, projects=projects) if seat.roles]
    return Desk(user, seats, at)
