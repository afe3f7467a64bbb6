"""Prove who signs by a fresh sign-in at the identity provider of the account's organisation.

Sources: OpenID Connect Core 1.0, 3.1.2.1 (`prompt`, `max_age`) and 2 (`auth_time`, `acr`,
`amr`); ASVS 6.8.4.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from allauth.socialaccount.models import SocialAccount
from django.utils.translation import gettext as _

from governance.choices import AuthenticationMethod
from governance.models import User
from governance.services.accounts import IdentityNotProved, Proof, Seed, counted_attempt
from governance.services.attempts import forgive_attempt, note_wrong_attempt
from governance.services.identities import IdentityRefused, account_of_identity
from governance.services.identity_providers import (
    Claims,
    IdentityProvider,
    identity_providers,
    providers_of,
)
from governance.services.identity_tokens import CLOCK_SKEW

OLDEST_SIGN_ON = timedelta(seconds=120)
log = structlog.get_logger("security")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnAnswer:
    """What a provider said, in a token that was believed, for one statement."""

    provider: IdentityProvider
    claims: Claims
    seed: Seed
    statement_hash: str
    agreed: bool = False


def providers_to_sign_with(user: User) -> tuple[IdentityProvider, ...]:
    """Return the providers at which the account has an identity of its own."""
    offered = providers_of(user.organisation.slug) if identity_providers() else []
    if not offered:
        return ()
    linked = set(SocialAccount.objects.filter(user=user).values_list("provider", flat=True))
    return tuple(each for each in offered if each.provider_id in linked)


def prove_by_sign_on(*, user: User, answer: SignOnAnswer, at: datetime) -> Proof:
    """Check that the account's own identity has just signed in, by more than one factor.

    :raises IdentityNotProved: it is another identity, signed in too long ago, or by too little.
    """
    times = counted_attempt(user, at=at)
    doubt = _doubt(user, answer, at)
    if doubt:
        log.warning("sign_on_not_believed", account=str(user.public_id), reason=doubt)
        note_wrong_attempt(user, times=times, at=at, way="SINGLE_SIGN_ON")
        raise IdentityNotProved(doubt)
    forgive_attempt(user, at=at)
    return Proof(
        account_id=user.pk,
        method=AuthenticationMethod.SINGLE_SIGN_ON,
        seed=answer.seed,
        statement_hash=answer.statement_hash,
        agreed=answer.agreed,
    )


def _doubt(user: User, answer: SignOnAnswer, at: datetime) -> str:
    """Return why the sign-in proves nothing; empty where it does."""
    provider, claims = answer.provider, answer.claims
    try:
        account = account_of_identity(claims, provider=provider, signed_in_at=at)
    except IdentityRefused as refusal:
        return str(refusal)
    told = {"provider": provider.label}
    if account.pk != user.pk or not account.is_active:
        return _("Somebody else signed in at %(provider)s.") % told
    since = at.timestamp() - claims.signed_in_at if claims.signed_in_at else None
    if since is None or not -CLOCK_SKEW.total_seconds() <= since <= OLDEST_SIGN_ON.total_seconds():
        return _("%(provider)s did not ask you to sign in just now. Sign again.") % told
    if not provider.shows_factors(claims):
        return _("%(provider)s did not ask you for a second factor. Use another way.") % told
    return ""
