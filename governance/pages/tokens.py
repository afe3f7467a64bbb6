"""The API tokens of one account."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from governance.choices import Scope, inside
from governance.models import ApiToken, User


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as its owner sees it: never the secret, only its first characters."""

    id: UUID
    name: str
    prefix: str
    may: str
    made_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
    state: str
    usable: bool


def token_rows(user: User, *, at: datetime) -> list[TokenRow]:
    """Return the account's tokens: the usable ones first, then the newest."""
    rows = [_row(token, at=at) for token in ApiToken.objects.of_user(user).newest_first()]
    return sorted(rows, key=lambda row: not row.usable)


def _row(token: ApiToken, *, at: datetime) -> TokenRow:
    state = _state(token, at=at)
    return TokenRow(
        id=token.public_id,
        name=token.name,
        prefix=token.prefix,
        may=" and ".join(inside(Scope(scope).label) for scope in token.scopes),
        made_at=token.created_at,
        expires_at=token.expires_at,
        last_used_at=token.last_used_at,
        state=state,
        usable=state == "In use",
    )


def _state(token: ApiToken, *, at: datetime) -> str:
    if token.revoked_at is not None:
        return "Revoked"
    if token.expires_at is not None and token.expires_at <= at:
        return "Expired"
    return "In use"
