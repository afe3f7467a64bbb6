"""The account's own page: who it is, what it may do where, and where it is signed in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from governance.choices import Role
from governance.models import Participation, Project, SignedInSession, User
from governance.services.factors import has_second_factor
from governance.services.identity_providers import providers_of

# What a browser calls itself -> its name; the first that fits is right, for each names others too.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class SeatRow:
    """What the account is in one project."""

    project: Project
    roles: str


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One browser in which the account is signed in: never its key."""

    id: UUID
    browser: str
    address: str
    started_at: datetime | None
    seen_at: datetime | None
    ends_at: datetime
    is_this: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """All that the page shows."""

    user: User
    seats: list[SeatRow]
    sessions: list[SessionRow]
    has_factor: bool
    has_sign_on: bool
    answer: str

    @property
    def has_others(self) -> bool:
        """Say whether the account is signed in elsewhere too."""
        return any(not row.is_this for row in self.sessions)


def account_page(user: User, *, this_key: str, at: datetime) -> AccountPage:
    """Return the account's own page; `this_key` is the key of the session that looks."""
    rows = session_rows(user, this_key=this_key, at=at)
    others = sum(not row.is_this for row in rows)
    answer = _("You are signed in here and nowhere else.")
    if others:
        answer = _("%(number)s browsers are signed in to your account.") % {"number": len(rows)}
    return AccountPage(
        user=user,
        seats=_seat_rows(user),
        sessions=rows,
        has_factor=has_second_factor(user),
        has_sign_on=bool(providers_of(user.organisation.slug)),
        answer=answer,
    )


def session_rows(user: User, *, this_key: str, at: datetime) -> list[SessionRow]:
    """Return where the account is signed in: this browser first, then by the last use."""
    running = SignedInSession.objects.of_user(user).running_at(at).last_used_first()
    rows = [
        SessionRow(
            id=row.public_id,
            browser=browser_words(row.agent),
            address=row.address or "",
            started_at=row.started_at,
            seen_at=row.seen_at,
            ends_at=row.expire_date,
            is_this=row.pk == this_key,
        )
        for row in running
    ]
    return sorted(rows, key=lambda row: not row.is_this)


def browser_words(agent: str) -> str:
    """Return which browser on which kind of machine says this of itself, in plain words."""
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("A browser that does not say which")


def _seat_rows(user: User) -> list[SeatRow]:
    """Return the projects that the account reaches now, with its roles there."""
    projects = {project.pk: project for project in Project.objects.visible_to(user)}
    roles: dict[int, list[str]] = {pk: [] for pk in projects}
    held = Participation.objects.current().of_user(user).order_by("role")
    for project_id, role in held.values_list("project_id", "role"):
        if project_id in roles:
            roles[project_id].append(str(Role(role).label))
    rows = [SeatRow(projects[pk], ", ".join(sorted(names))) for pk, names in roles.items() if names]
    return sorted(rows, key=lambda row: row.project.name)
