"""Open an organisation: a fresh installation has none, and so nobody who could invite anybody."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.choices import OrganisationKind
from governance.models import User
from governance.services.organisations import (
    FirstAdministrator,
    OpeningRefused,
    open_organisation,
)


class Command(BaseCommand):
    """Open an organisation with its first administrator, and print the link to begin with."""

    help = (
        "Open an organisation with its first administrator. Prints a link, good once, under which"
        " the administrator sets a password; nobody else ever knows it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Name the arguments."""
        parser.add_argument("slug", help="the organisation's short name, as in northwind-mills")
        parser.add_argument("name", help="the organisation's name")
        parser.add_argument("--administrator", required=True, help="the administrator's name")
        parser.add_argument("--email", required=True, help="the administrator's address")
        parser.add_argument(
            "--kind", choices=[word.lower() for word in OrganisationKind.values], default="client"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the organisation, or say why not.

        :raises CommandError: it cannot be opened; nothing was written.
        """
        administrator = FirstAdministrator(name=options["administrator"], email=options["email"])
        try:
            account = open_organisation(
                name=options["name"],
                slug=options["slug"],
                kind=OrganisationKind(options["kind"].upper()),
                administrator=administrator,
            )
        except OpeningRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Opened {account.organisation}. {account.name} begins here:")
        self.stdout.write(_first_link(account))


def _first_link(account: User) -> str:
    """Return the link under which the account sets its first password."""
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    return f"{settings.SITE_URL}/accounts/password/reset/key/{key}/"
