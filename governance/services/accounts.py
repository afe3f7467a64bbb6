"""Prove that the person at the keyboard is the account's own: password and second factor."""

import contextlib
from dataclasses import dataclass
from datetime import datetime

from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from governance.models import User

PASSWORD = "PASSWORD"  # noqa: S105 - the name of a way to authenticate
PASSWORD_TOTP = "PASSWORD_TOTP"  # noqa: S105
DEMO_PASSWORD = "a quiet pump never fails"  # noqa: S105 - shown to whoever tries the demo
WRONG_ATTEMPTS_ALLOWED = 5
WRONG_ATTEMPTS_SECONDS = 300


class IdentityNotProved(Exception):
    """Say why somebody is not taken for the account's owner, and which field to mend."""

    def __init__(self, message: str, *, field: str = "") -> None:
        """Keep the sentence for the user and the name of the field it belongs to."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Credentials:
    """What somebody typed to prove who they are."""

    password: str
    code: str = ""


def second_factor_of(user: User) -> Authenticator | None:
    """Return the account's authenticator, or None where it has none."""
    found: Authenticator | None = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.TOTP
    ).first()
    return found


def prove_identity(*, user: User, credentials: Credentials) -> str:
    """Check password and code, and return how the account was authenticated.

    A code counts once. Five wrong attempts close the door for five minutes.

    :raises IdentityNotProved: something typed is wrong, or too much was wrong lately.
    """
    _refuse_after_too_many(user)
    if not user.is_active or not user.check_password(credentials.password):
        _count_wrong(user)
        raise IdentityNotProved(_("That is not your password."), field="password")
    factor = second_factor_of(user)
    if factor is None:
        return PASSWORD
    if not factor.wrap().validate_code(credentials.code):
        _count_wrong(user)
        message = _("That code is wrong or was used already. Wait for the next one.")
        raise IdentityNotProved(message, field="code")
    return PASSWORD_TOTP


def demo_code_of(user: User, *, at: datetime) -> str:
    """Return the code a demo account's authenticator shows now; empty for every other."""
    if not (settings.DEMO_MODE and user.is_demo):
        return ""
    factor = second_factor_of(user)
    if factor is None:
        return ""
    counter = int(at.timestamp()) // mfa_settings.TOTP_PERIOD
    code: str = format_hotp_value(hotp_value(decrypt(factor.data["secret"]), counter))
    return code


def _attempts_key(user: User) -> str:
    return f"wrong-proofs:{user.pk}"


def _refuse_after_too_many(user: User) -> None:
    if cache.get(_attempts_key(user), 0) >= WRONG_ATTEMPTS_ALLOWED:
        message = _("Too many wrong attempts. Wait five minutes, then try again.")
        raise IdentityNotProved(message)


def _count_wrong(user: User) -> None:
    key = _attempts_key(user)
    if not cache.add(key, 1, timeout=WRONG_ATTEMPTS_SECONDS):
        with contextlib.suppress(ValueError):  # it ran out in between: nothing left to count on
            cache.incr(key)
