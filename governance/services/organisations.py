"""Open an organisation with its first administrator, whom nobody of it could have invited."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction

from governance.choices import OrganisationKind, SecurityEventKind
from governance.models import Organisation, User
from governance.services.addresses import AddressRefused, normal_address
from governance.services.security import note_event


class OpeningRefused(Exception):
    """Say why no organisation was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstAdministrator:
    """Who administers a new organisation, and under which address."""

    name: str
    email: str


@transaction.atomic
def open_organisation(
    *, name: str, slug: str, kind: OrganisationKind, administrator: FirstAdministrator
) -> User:
    """Write an organisation and its first administrator, whose account has no password yet.

    :raises OpeningRefused: a name is missing, the short name is none or taken, or the address
        is none or has an account.
    """
    if not name.strip() or not administrator.name.strip():
        raise OpeningRefused("Name the organisation and its administrator.")
    email = _address_of(administrator)
    _refuse_taken(slug, email)
    organisation = Organisation.objects.create(name=name.strip(), slug=slug, kind=kind)
    account = User.objects.create_user(
        email,
        name=administrator.name.strip(),
        organisation=organisation,
        is_administrator=True,
    )
    note_event(SecurityEventKind.ADMINISTRATOR_CHANGED, account=account, administrator=True)
    return account


def _address_of(administrator: FirstAdministrator) -> str:
    try:
        return normal_address(administrator.email)
    except AddressRefused as refusal:
        raise OpeningRefused(str(refusal)) from refusal


def _refuse_taken(slug: str, email: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        sentence = "Write the short name in letters, digits and hyphens, as in northwind-mills."
        raise OpeningRefused(sentence) from error
    if Organisation.objects.filter(slug=slug).exists():
        raise OpeningRefused(f"There is an organisation {slug} already.")
    if User.objects.filter(email__iexact=email).exists():
        raise OpeningRefused("This address has an account already.")
