"""Make and revoke API tokens; the secret is returned once and never kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Scope, SecurityEventKind
from governance.models import ApiToken, Organisation, User
from governance.services.security import note_event

MARK = "rgt_"
PREFIX_LENGTH = 10
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 20
NOTE_EVERY = timedelta(minutes=1)


class TokenRefused(Exception):
    """Say why no token was made."""


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token together with its secret, which nobody can read again."""

    token: ApiToken
    secret: str


def hash_of_secret(secret: str) -> str:
    """Return the SHA-256 of a secret in hexadecimal; secrets are random, so no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(
    *,
    user: User,
    name: str,
    scopes: Collection[str],
    expires_at: datetime,
    made_at: datetime,
    client: Organisation | None = None,
) -> NewToken:
    """Write a token that opens the REST interface as this account.

    A partner's token works for one client: `client`, or the only one the account has.

    :raises TokenRefused: no name, no scope or an unknown one, an expiry in the past or
        over a year away, too many tokens, an account that is no longer active, or a client
        that is missing or is none of the account's.
    """
    refuse_bad_terms(name=name, scopes=scopes, expires_at=expires_at, made_at=made_at)
    if not user.is_active:
        raise TokenRefused("This account is closed.")
    client = _client_of_token(user, client)
    # the lock makes two makers in a row count each other's tokens
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.of_user(user).usable_at(made_at).count() >= MOST_TOKENS:
        raise TokenRefused(f"You have {MOST_TOKENS} tokens; revoke one first.")
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        client=client,
        name=name.strip(),
        prefix=secret[:PREFIX_LENGTH],
        secret_hash=hash_of_secret(secret),
        scopes=[scope for scope in Scope.values if scope in scopes],
        expires_at=expires_at,
    )
    note_event(
        SecurityEventKind.TOKEN_MADE, account=user, name=token.name, scopes=list(token.scopes)
    )
    return NewToken(token, secret)


def _client_of_token(user: User, client: Organisation | None) -> Organisation | None:
    """Return the client that a token works for: one of the account's own, or the only one."""
    clients = list(Organisation.objects.clients_of(user))
    if client is None and len(clients) < 2:  # noqa: PLR2004
        return clients[0] if clients else None
    if client not in clients:
        raise TokenRefused(_("Choose the client that the token works for."))
    return client


def refuse_bad_terms(
    *, name: str, scopes: Collection[str], expires_at: datetime, made_at: datetime
) -> None:
    """Check what a token is asked to be.

    :raises TokenRefused: no name, no scope or an unknown one, or a wrong expiry.
    """
    if not name.strip():
        raise TokenRefused(_("Give the token a name that says where it is used."))
    if not scopes or not set(scopes) <= set(Scope.values):
        raise TokenRefused(_("Choose what the token may do: read, push or both."))
    if not made_at < expires_at <= made_at + LONGEST_LIFE:
        raise TokenRefused(_("A token expires within a year."))


@transaction.atomic
def revoke_token(*, token: ApiToken, revoked_at: datetime, by: User | None = None) -> None:
    """End a token for good; revoking it again changes nothing. `by` somebody else."""
    held = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    if held.update(revoked_at=revoked_at):
        note_event(SecurityEventKind.TOKEN_REVOKED, account=token.user, actor=by, name=token.name)


@transaction.atomic
def revoke_tokens_of(*, user: User, revoked_at: datetime, by: User | None = None) -> int:
    """End every token of an account and return how many there were; `by` somebody else."""
    held = ApiToken.objects.of_user(user).usable_at(revoked_at)
    names = list(held.values_list("name", flat=True))
    ended = held.update(revoked_at=revoked_at)
    if ended:
        note_event(SecurityEventKind.TOKEN_REVOKED, account=user, actor=by, name=names)
    return ended


def note_use(*, token: ApiToken, used_at: datetime) -> None:
    """Write down when a token was used last, at most once a minute."""
    if token.last_used_at is not None and token.last_used_at > used_at - NOTE_EVERY:
        return
    ApiToken.objects.filter(pk=token.pk).unused_since(used_at - NOTE_EVERY).update(
        last_used_at=used_at
    )
