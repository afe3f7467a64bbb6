"""What an account sees of its identities at providers, and which it may link."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from governance.models import User
from governance.services.identities import identities_of
from governance.services.identity_providers import (
    IdentityProvider,
    identity_providers,
    providers_of,
)


@dataclass(frozen=True, slots=True)
class IdentityRow:
    """One identity that the account has linked."""

    id: str
    label: str
    linked_at: datetime
    used_at: datetime


@dataclass(frozen=True, slots=True)
class IdentityPage:
    """The identities an account has, and the providers it may link one of."""

    rows: list[IdentityRow]
    open: list[IdentityProvider]

    @property
    def answer(self) -> str:
        """Say in one sentence whether the account signs in elsewhere."""
        if self.rows:
            return _("You can sign in where your organisation signs in.")
        if self.open:
            return _("You sign in with your password. You can link your organisation's sign-in.")
        return _("Your organisation has no sign-in of its own here.")


def identity_page(user: User) -> IdentityPage:
    """Return what the account has linked and what it may link."""
    own = providers_of(user.organisation.slug)
    labels = {provider.provider_id: provider.label for provider in own}
    rows = [
        IdentityRow(
            each.provider_id,
            labels.get(each.provider_id) or _("A provider that is no longer set up"),
            each.linked_at,
            each.used_at,
        )
        for each in identities_of(user)
    ]
    held = {row.id for row in rows}
    return IdentityPage(rows, [each for each in own if each.provider_id not in held])


def sign_in_providers(organisation: str) -> list[IdentityProvider]:
    """Return the providers that the sign-in page offers.

    A hidden one is offered only to whoever comes by a link that names its organisation, so that
    the page tells nobody who the clients are.
    """
    return [
        provider
        for provider in identity_providers()
        if not provider.hidden or provider.organisation == organisation
    ]
