"""The API tokens of one account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from governance.choices import Scope, inside
from governance.models import ApiToken, User


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it: never the secret, only its first characters."""

    id: UUID
    name: str
    prefix: str
    may: str
    client: str
    made_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    state: str
    usable: bool


def token_rows(user: User, *, at: datetime) -> list[TokenRow]:
    """Return the account's tokens: the usable ones first, then the newest."""
    rows = [
        _row(token, at=at)
        for token in ApiToken.objects.shown_to(user).newest_first().select_related("client")
    ]
    return sorted(rows, key=lambda row: not row.usable)


def _row(token: ApiToken, *, at: datetime) -> TokenRow:
    state = _state(token, at=at)
    return TokenRow(
        id=token.public_id,
        name=token.name,
        prefix=token.prefix,
        may=_may(token),
        client=token.client.name if token.client else "",
        made_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        state=state or _("In use"),
        usable=not state,
    )


def _state(token: ApiToken, *, at: datetime) -> str:
    """Return why a token no longer opens anything; nothing while it does."""
    if token.revoked_at is not None:
        return _("Revoked")
    if token.expires_at is not None and token.expires_at <= at:
        return _("Expired")
    return ""


def _may(token: ApiToken) -> str:
    words = [inside(Scope(scope).label) for scope in token.scopes]
    if len(words) < 2:  # noqa: PLR2004
        return "".join(words)
    return _("%(first)s and %(second)s") % {"first": words[0], "second": words[1]}
