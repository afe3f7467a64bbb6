"""Say for which one client a partner's account acts: chosen, never guessed among several."""

from dataclasses import dataclass

from django.db import transaction

from governance.choices import SecurityEventKind
from governance.models import Organisation, Project, User
from governance.services.security import note_event

CLIENT = "client"
"""The key of a session under which the chosen client stands."""


@dataclass(frozen=True, slots=True)
class ActingFor:
    """The client that a partner's account acts for, and whether there are others to choose."""

    client: Organisation | None
    has_choice: bool

    @property
    def must_choose(self) -> bool:
        """Say whether nothing is shown before a client is chosen."""
        return self.client is None and self.has_choice


def act_for(user: User, *, chosen: object) -> ActingFor:
    """Set and return the client that a partner's account acts for.

    `chosen` is the key of the client that was chosen, None where none was. A client that the
    account has no role at any more counts as not chosen; an only client needs no choosing.
    """
    clients = list(Organisation.objects.clients_of(user))
    only = clients[0] if len(clients) == 1 else None
    client = next((each for each in clients if each.pk == chosen), only)
    user.acting_for_id = client.pk if client else None
    return ActingFor(client, has_choice=len(clients) > 1)


def act_for_client_of(user: User, *, project: Project | None) -> None:
    """Let a partner's account act for the client of a project, as work in its name does."""
    user.acting_for_id = project.organisation_id if project and user.is_partner else None


@transaction.atomic
def choose_client(*, user: User, client: Organisation) -> None:
    """Let a partner's account act for a client from now on, and note it."""
    user.acting_for_id = client.pk
    note_event(SecurityEventKind.CLIENT_CHOSEN, account=user, name=client.name)
