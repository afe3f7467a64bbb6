"""Who is one person: accounts and roster entries that belong together, whatever their address.

Duties are kept apart between people, not between accounts (security: identity is the person,
not the e-mail). An alias (`marta+test@…`) is the same address.
"""

from dataclasses import dataclass

from django.db.models import Q

from governance.models import Person, Project, User


@dataclass(frozen=True, slots=True)
class OnePerson:
    """Everything in a project that stands for one human being."""

    accounts: frozenset[int]
    persons: frozenset[int]

    def is_account(self, account_id: int | None) -> bool:
        """Say whether an account is this person's."""
        return account_id in self.accounts


def person_of(account: User, *, project: Project) -> OnePerson:
    """Return the accounts and roster entries of a project that are one person's.

    The roster links an entry to an account, or both have the same address.
    """
    address = plain_address(account.email)
    entries = _entries(project, Q(account=account) | _starts(address), address, account.pk)
    addresses = {address} | {plain_address(email) for _, email, _ in entries if email}
    accounts = {account.pk} | {linked for _, _, linked in entries if linked}
    members = User.objects.filter(organisation_id=project.organisation_id)
    close = Q()
    for each in addresses:
        close |= _starts(each)
    accounts |= {
        pk
        for pk, email in members.filter(close).values_list("pk", "email")
        if plain_address(email) in addresses
    }
    return OnePerson(frozenset(accounts), frozenset(pk for pk, _, _ in entries))


def plain_address(email: str) -> str:
    """Return an address without its alias, in small letters."""
    name, _sep, host = email.casefold().strip().rpartition("@")
    return f"{name.partition('+')[0]}@{host}"


def _starts(address: str) -> Q:
    return Q(email__istartswith=address.partition("@")[0])


def _entries(
    project: Project, close: Q, address: str, account_id: int
) -> list[tuple[int, str, int | None]]:
    """Return number, address and account of the roster entries that are this person's."""
    rows = Person.objects.filter(close, project=project).values_list("pk", "email", "account_id")
    return [
        (pk, email, linked)
        for pk, email, linked in rows
        if linked == account_id or (email and plain_address(email) == address)
    ]
