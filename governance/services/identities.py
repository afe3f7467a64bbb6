"""Whose account an identity at a provider is: linked once by its owner, never by an e-mail.

An identity is the issuer and the subject (OpenID Connect Core 1.0, 5.7). The e-mail that comes
along opens nothing; where it is no longer the account's, the provider may have given the
identity to somebody else, and nobody is let in.
"""

from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from governance.choices import IdentityRefusal, SecurityEventKind
from governance.models import User
from governance.services.addresses import folded_address
from governance.services.identity_providers import Claims, IdentityProvider
from governance.services.security import note_event
from governance.services.sessions import end_sessions_of
from governance.services.tokens import revoke_tokens_of

log = structlog.get_logger("security")


class IdentityRefused(Exception):
    """Say why an identity signs nobody in, or is not linked."""

    def __init__(self, reason: IdentityRefusal) -> None:
        """Keep the reason beside its sentence."""
        super().__init__(str(reason.label))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LinkedIdentity:
    """An identity as its account sees it."""

    provider_id: str
    linked_at: datetime
    used_at: datetime


def account_of_identity(
    claims: Claims, *, provider: IdentityProvider, signed_in_at: datetime
) -> User:
    """Return the account that an identity signs in, and note when it did.

    A refusal changes nothing but the security log of the account it is about.

    :raises IdentityRefused: no account has linked it, or the account is closed, belongs to
        another organisation than the provider, or has another e-mail than the provider says.
    """
    found = _linked(provider.provider_id, claims.subject)
    if found is None:
        log.info("single_sign_on_refused", provider=provider.name, reason="UNKNOWN")
        raise IdentityRefused(IdentityRefusal.UNKNOWN)
    account: User = found.user
    refuse_unfit(account, provider=provider, claims=claims)
    SocialAccount.objects.filter(pk=found.pk).update(last_login=signed_in_at)
    return account


def refuse_unfit(account: User, *, provider: IdentityProvider, claims: Claims) -> None:
    """Refuse what must not be one person, and write it into the security log.

    :raises IdentityRefused: see `account_of_identity`.
    """
    reason = _objection(account, provider=provider, claims=claims)
    if reason is None:
        return
    note_event(
        SecurityEventKind.SINGLE_SIGN_ON_REFUSED,
        account=account,
        provider=provider.label,
        reason=reason.value,
    )
    raise IdentityRefused(reason)


def _objection(
    account: User, *, provider: IdentityProvider, claims: Claims
) -> IdentityRefusal | None:
    if account.organisation.slug != provider.organisation:
        return IdentityRefusal.OTHER_ORGANISATION
    if not account.is_active:
        return IdentityRefusal.CLOSED
    if not claims.email:
        return IdentityRefusal.NO_EMAIL
    if folded_address(claims.email) != folded_address(account.email):
        return IdentityRefusal.OTHER_EMAIL
    return IdentityRefusal.UNVERIFIED if claims.verified is False else None


def link_identity(*, account: User, provider: IdentityProvider, claims: Claims) -> None:
    """Let an identity sign in an account from now on.

    The caller has proved that the account's owner asks: signed in and asked for the password
    or a factor again, or at the end of an invitation to this very e-mail. Linking the same
    identity again changes nothing.

    :raises IdentityRefused: it does not fit (see `account_of_identity`), is somebody else's,
        or the account has one of this provider already.
    """
    refuse_unfit(account, provider=provider, claims=claims)
    try:
        with transaction.atomic():
            _write_link(account, provider=provider, subject=claims.subject)
    except IntegrityError as error:
        raise IdentityRefused(IdentityRefusal.LINKED_ELSEWHERE) from error


def link_invited_identity(*, account: User, provider: IdentityProvider, claims: Claims) -> None:
    """Link the identity that somebody proved while accepting the invitation to an account.

    :raises IdentityRefused: as `link_identity`, or the provider does not say that the e-mail
        is verified: nobody has signed in to this account yet who could vouch for it.
    """
    claims = replace(claims, verified=claims.verified is True)
    link_identity(account=account, provider=provider, claims=claims)


def _write_link(account: User, *, provider: IdentityProvider, subject: str) -> None:
    # two links at a time, of one account, wait for each other
    User.objects.select_for_update().get(pk=account.pk)
    before = SocialAccount.objects.filter(user=account, provider=provider.provider_id).first()
    if before is not None and before.uid == subject:
        return
    if before is not None:
        raise IdentityRefused(IdentityRefusal.ALREADY_LINKED)
    SocialAccount.objects.create(user=account, provider=provider.provider_id, uid=subject)
    note_event(SecurityEventKind.IDENTITY_LINKED, account=account, provider=provider.label)


@transaction.atomic
def unlink_identity(
    *, account: User, provider_id: str, label: str, unlinked_at: datetime, but: str = ""
) -> bool:
    """Take an identity of the account's own away and end what it may have opened.

    Its other sessions and its tokens end with it; `but` is the session that asks. Returns
    whether there was such an identity.

    :raises IdentityRefused: without it the account would have no way in.
    """
    found = SocialAccount.objects.filter(user=account, provider=provider_id)
    if not found.exists():
        return False
    if not account.has_usable_password():
        raise IdentityRefused(IdentityRefusal.LAST_WAY_IN)
    found.delete()
    end_sessions_of(user=account, but=but)
    revoke_tokens_of(user=account, revoked_at=unlinked_at)
    note_event(SecurityEventKind.IDENTITY_UNLINKED, account=account, provider=label)
    return True


def identities_of(account: User) -> list[LinkedIdentity]:
    """Return the identities that an account has linked, the oldest first."""
    found = SocialAccount.objects.filter(user=account).order_by("pk")
    return [LinkedIdentity(each.provider, each.date_joined, each.last_login) for each in found]


def _linked(provider_id: str, subject: str) -> SocialAccount | None:
    found: SocialAccount | None = (
        SocialAccount.objects.filter(provider=provider_id, uid=subject)
        .select_related("user__organisation")
        .first()
    )
    # an engine that thinks two letters alike must not let one identity in for another
    return found if found is not None and found.uid == subject else None
