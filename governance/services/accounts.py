"""Prove that the person at the keyboard is the account's own: password and second factor."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import AuthenticationMethod, SecurityEventKind
from governance.models import User
from governance.services.attempts import (
    TooManyWrongAttempts,
    count_attempt,
    forgive_attempt,
    note_wrong_attempt,
)
from governance.services.factors import code_at, has_second_factor, spend_code, spend_recovery_code
from governance.services.sealing import unseal
from governance.services.security import note_event

PASSWORD = "PASSWORD"  # noqa: S105 - the name of a way to authenticate
PASSWORD_TOTP = "PASSWORD_TOTP"  # noqa: S105
DEMO_PASSWORD = "a quiet pump never fails"  # noqa: S105 - shown to whoever tries the demo
NONCE_BYTES = 16
NO_SECOND_FACTOR = gettext_lazy(
    "Set up an authenticator app first, under “Second factor”: signing needs its code."
)
WRONG_CODE = gettext_lazy("That code is wrong or was used already. Wait for the next one.")


class IdentityNotProved(Exception):
    """Say why somebody is not taken for the account's owner, and which field to mend."""

    def __init__(self, message: "str | Promise", *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(str(message))
        self.field = field


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody typed to prove who they are.

    `agreed` says that whoever signs agreed, with this act, that the signature binds.
    """

    password: str
    code: str = ""
    agreed: bool = False


def _random() -> str:
    return os.urandom(NONCE_BYTES).hex()


@dataclass(frozen=True, slots=True)
class Seed:
    """What is random in a statement, fixed before a passkey signs it."""

    challenge: str = field(default_factory=_random)
    reason_nonce: str = field(default_factory=_random)

    @property
    def row_id(self) -> UUID:
        """Return the identifier of a row that is written by the act and is its subject."""
        return UUID(bytes=hashlib.sha256(bytes.fromhex(self.challenge)).digest()[:16], version=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That a person, and nobody else, is at the keyboard for one signature.

    Only the functions that check two components make one. With a passkey, `assertion` is
    what the record keeps of it; `statement_hash` is what it signed, or what was to be signed
    when the account went to its identity provider. `agreed` is the account's word, given
    along with the act, that the signature binds. A rehearsal proves nothing, and nothing is
    written with it: it only shows what would be signed.
    """

    account_id: int
    method: AuthenticationMethod
    seed: Seed = field(default_factory=Seed)
    assertion: Mapping[str, Any] | None = None
    statement_hash: str = ""
    agreed: bool = False
    is_rehearsal: bool = False


def second_factor_of(user: User) -> Authenticator | None:
    """Return the account's authenticator app, or None where it has none."""
    found: Authenticator | None = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.TOTP
    ).first()
    return found


def prove_by_app(*, user: User, credentials: Credentials, at: datetime) -> Proof:
    """Check password and code of somebody who signs.

    A password alone signs nothing (21 CFR 11.200: two components at every signing).

    :raises IdentityNotProved: as `prove_identity`, or the account has no authenticator app.
    """
    if second_factor_of(user) is None:
        raise IdentityNotProved(NO_SECOND_FACTOR)
    prove_identity(user=user, credentials=credentials, at=at)
    return Proof(
        account_id=user.pk,
        method=AuthenticationMethod.PASSWORD_TOTP,
        agreed=credentials.agreed,
    )


def prove_identity(
    *, user: User, credentials: Credentials, at: datetime, may_recover: bool = False
) -> str:
    """Check password and code, and return how the account was authenticated.

    A code counts once. Five wrong attempts close the door for five minutes. `may_recover`
    takes a recovery code too: it opens the account's own settings, and signs nothing.

    :raises IdentityNotProved: something typed is wrong, or too much was wrong lately.
    """
    times = counted_attempt(user, at=at)
    if not user.is_active or not user.check_password(credentials.password):
        note_wrong_attempt(user, times=times, at=at)
        raise IdentityNotProved(_("That is not your password."), field="password")
    if not _asks_for_code(user, may_recover=may_recover):
        forgive_attempt(user, at=at)
        return PASSWORD
    factor = spend_code(user=user, code=credentials.code, at=at)
    if factor is None and may_recover:
        factor = spend_recovery_code(user=user, code=credentials.code)
    if factor is None:
        note_wrong_attempt(user, times=times, at=at)
        raise IdentityNotProved(WRONG_CODE, field="code")
    forgive_attempt(user, at=at)
    return PASSWORD_TOTP


def prove_code(*, user: User, code: str, at: datetime) -> Authenticator:
    """Take a code of the authenticator app or a recovery code, and return what it came from.

    :raises IdentityNotProved: wrong or used before; that is noted.
    """
    found = spend_code(user=user, code=code, at=at) or spend_recovery_code(user=user, code=code)
    if found is None:
        note_event(SecurityEventKind.PROOF_FAILED, account=user)
        raise IdentityNotProved(WRONG_CODE, field="code")
    return found


def _asks_for_code(user: User, *, may_recover: bool) -> bool:
    """A passkey has no code, but its recovery codes stand in for it."""
    return has_second_factor(user) if may_recover else second_factor_of(user) is not None


def demo_code_of(user: User, *, at: datetime) -> str:
    """Return the code a demo account's authenticator shows now; empty for every other."""
    if not (settings.DEMO_MODE and user.is_demo):
        return ""
    factor = second_factor_of(user)
    if factor is None:
        return ""
    return code_at(unseal(factor.data["secret"]), at=at)


def counted_attempt(user: User, *, at: datetime) -> int:
    """Count an attempt to prove who somebody is; return how many there were lately.

    :raises IdentityNotProved: too much was wrong lately.
    """
    try:
        return count_attempt(user, at=at)
    except TooManyWrongAttempts as refusal:
        raise IdentityNotProved(str(refusal)) from refusal
