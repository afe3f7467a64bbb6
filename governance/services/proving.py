"""Prove who signs, in whichever way an account has: the one question before a signature."""

from dataclasses import dataclass, field
from datetime import datetime

from allauth.mfa.models import Authenticator

from governance.choices import AuthenticationMethod
from governance.models import User
from governance.services.accounts import Credentials, Proof, Seed, demo_code_of, prove_by_app
from governance.services.agreements import has_agreed
from governance.services.factors import PASSKEY, TOTP
from governance.services.identity_providers import IdentityProvider
from governance.services.passkeys import PasskeyAnswer, prove_by_passkey
from governance.services.sign_ons import SignOnAnswer, prove_by_sign_on, providers_to_sign_with


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """Ask what would be signed: `sign()` writes nothing and raises `Rehearsed`."""

    seed: Seed = field(default_factory=Seed)
    agreed: bool = False


Answer = Credentials | PasskeyAnswer | SignOnAnswer | Rehearsal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How an account can prove who it is, and whether it still has to agree to signing."""

    app: bool = False
    passkey: bool = False
    providers: tuple[IdentityProvider, ...] = ()
    must_agree: bool = False
    demo_code: str = ""

    @property
    def are_none(self) -> bool:
        """Say whether the account cannot sign at all yet."""
        return not (self.app or self.passkey or self.providers)

    @property
    def is_choice(self) -> bool:
        """Say whether there is another way than password and code."""
        return self.passkey or bool(self.providers)


def ways_of(user: User, *, at: datetime) -> Ways:
    """Return how an account can prove who it is."""
    held = set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Ways(
        app=TOTP in held and user.has_usable_password(),
        passkey=PASSKEY in held,
        providers=providers_to_sign_with(user),
        must_agree=not has_agreed(user),
        demo_code=demo_code_of(user, at=at),
    )


def prove_signer(*, user: User, credentials: Answer, at: datetime) -> Proof:
    """Check two components of somebody who signs, at every signing (21 CFR 11.200).

    Call it outside every transaction: a wrong attempt stays written. A rehearsal checks
    nothing, and what it returns signs nothing.

    :raises IdentityNotProved: they are not the account's, or too much was wrong lately.
    """
    if isinstance(credentials, PasskeyAnswer):
        return prove_by_passkey(user=user, answer=credentials, at=at)
    if isinstance(credentials, SignOnAnswer):
        return prove_by_sign_on(user=user, answer=credentials, at=at)
    if isinstance(credentials, Rehearsal):
        return Proof(
            account_id=user.pk,
            method=AuthenticationMethod.PASSWORD_TOTP,
            seed=credentials.seed,
            agreed=credentials.agreed,
            is_rehearsal=True,
        )
    return prove_by_app(user=user, credentials=credentials, at=at)
