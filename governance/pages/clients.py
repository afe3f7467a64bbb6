"""The clients that a partner's account can work for: their names, and nothing of theirs."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from governance.models import Organisation, User


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One client that can be chosen."""

    id: UUID
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ClientPage:
    """The clients of an account, and in one line what is asked."""

    answer: str
    rows: list[ClientRow]


def client_page(user: User) -> ClientPage:
    """Return the clients that an account has a role at, by name."""
    clients = Organisation.objects.clients_of(user).by_name()
    rows = [ClientRow(each.public_id, each.name, each.pk == user.acting_for_id) for each in clients]
    return ClientPage(_answer(rows), rows)


def _answer(rows: list[ClientRow]) -> str:
    chosen = next((row.name for row in rows if row.is_chosen), "")
    if not rows:
        return _("No client has given you a role yet. Ask the client's administrator.")
    if chosen:
        return _("You work for %(client)s now, and see nothing of anybody else.") % {
            "client": chosen
        }
    return _("Choose whom you work for now. You see one client at a time.")
