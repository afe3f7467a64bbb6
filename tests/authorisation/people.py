"""Who there is: every role of both clients, their neighbours, a partner that works for both."""

from dataclasses import dataclass, field
from datetime import timedelta

from governance.choices import Role
from governance.models import Organisation, Project, User
from tests.factories import join, make_user
from tests.signing import LATER

A, B = "a", "b"
CLIENT_ROLES = [role for role in Role if role != Role.CONSULTANT]
OTHER_PROJECT = {
    "other_lead": Role.PROJECT_MANAGER,
    "other_sponsor": Role.SPONSOR,
    "other_owner": Role.PROCESS_OWNER,
    "other_deputy": Role.DEPARTMENT_MANAGER,
}


@dataclass(slots=True)
class Cast:
    """The organisations, their projects by code, and the accounts by name."""

    clients: dict[str, Organisation]
    partner: Organisation
    projects: dict[str, Project]
    users: dict[str, User] = field(default_factory=dict)

    def add(self, name: str, organisation: Organisation, **fields: object) -> User:
        """Make an account that is called by this name."""
        email = f"{name}.{organisation.slug}@example.com"
        made = make_user(organisation=organisation, name=f"{name} {organisation.slug}", email=email)
        for field_name, value in fields.items():
            setattr(made, field_name, value)
        made.save()
        self.users[name] = made
        return made

    def seat(self, name: str, *places: str, role: str = Role.CONSULTANT) -> None:
        """Give an account a role in projects."""
        for place in places:
            join(project=self.projects[place], user=self.users[name], role=role)


def fill(cast: Cast) -> None:
    """Make every account of the cast with its roles."""
    for role in CLIENT_ROLES:
        cast.add(role.lower(), cast.clients[A])
        cast.seat(role.lower(), "a1", role=role)
        cast.add(f"b_{role.lower()}", cast.clients[B])
        cast.seat(f"b_{role.lower()}", "b1", role=role)
    cast.add("administrator", cast.clients[A], is_administrator=True)
    cast.add("b_administrator", cast.clients[B], is_administrator=True)
    for name, held in OTHER_PROJECT.items():
        cast.add(name, cast.clients[A])
        cast.seat(name, "a2", role=held)
    cast.add("stranger", cast.clients[A])
    cast.add("former", cast.clients[A])
    cast.seat("former", "a1", role=Role.SPONSOR)
    cast.users["former"].participations.update(ended_at=LATER - timedelta(days=1))
    cast.add("closed", cast.clients[A])
    cast.seat("closed", "a1", role=Role.SPONSOR)
    _fill_partner(cast)


def _fill_partner(cast: Cast) -> None:
    cast.add("consultant", cast.partner)
    cast.seat("consultant", "a1")
    cast.add("b_consultant", cast.partner)
    cast.seat("b_consultant", "b1")
    cast.add("shared", cast.partner)
    cast.seat("shared", "a1", "b1")
    cast.add("partner_administrator", cast.partner, is_administrator=True)
    cast.seat("partner_administrator", "a1", "b1")
    cast.add("idle", cast.partner)
