"""Make and revoke API tokens; the secret is returned once and never kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import Scope
from governance.models import ApiToken, User

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
) -> NewToken:
    """Write a token that opens the REST interface as this account.

    :raises TokenRefused: no name, no scope or an unknown one, an expiry in the past or
        over a year away, too many tokens, or an account that is no longer active.
    """
    refuse_bad_terms(name=name, scopes=scopes, expires_at=expires_at, made_at=made_at)
    if not user.is_active:
        raise TokenRefused("This account is closed.")
    # the lock makes two makers in a row count each other's tokens
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.of_user(user).usable_at(made_at).count() >= MOST_TOKENS:
        raise TokenRefused(f"You have {MOST_TOKENS} tokens; revoke one first.")
    secret = MARK + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip(),
        prefix=secret[:PREFIX_LENGTH],
        secret_hash=hash_of_secret(secret),
        scopes=[scope for scope in Scope.values if scope in scopes],
        expires_at=expires_at,
    )
    return NewToken(token, secret)


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


def revoke_token(*, token: ApiToken, revoked_at: datetime) -> None:
    """End a token for good; revoking it again changes nothing."""
    ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=revoked_at)


def revoke_tokens_of(*, user: User, revoked_at: datetime) -> int:
    """End every token of an account and return how many there were."""
    return ApiToken.objects.of_user(user).usable_at(revoked_at).update(revoked_at=revoked_at)


def note_use(*, token: ApiToken, used_at: datetime) -> None:
    """Write down when a token was used last, at most once a minute."""
    if token.last_used_at is not None and token.last_used_at > used_at - NOTE_EVERY:
        return
    ApiToken.objects.filter(pk=token.pk).unused_since(used_at - NOTE_EVERY).update(
        last_used_at=used_at
    )
