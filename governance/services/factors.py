"""Second factors: who needs one, which code counts, and what a change of them ends."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from governance.choices import SecurityEventKind
from governance.models import Project, SecurityEvent, User
from governance.services.involving import witness_everywhere
from governance.services.sealing import seal, unseal
from governance.services.security import NOWHERE, Whence, note_event
from governance.services.sessions import end_sessions_of
from governance.services.tokens import revoke_tokens_of

TOTP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES
SECOND_FACTORS = (TOTP, PASSKEY)
"""What counts as a second factor; recovery codes only stand in for one."""
MUST_SET_FACTOR = "must_set_factor"
"""The key of a session that may do nothing but set up a second factor."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One authenticator of an account, told from any that replaces it."""

    pk: int
    kind: str


def needs_second_factor(user: User) -> bool:
    """Say whether an account may do nothing before it has a second factor.

    Every partner's account, every administrator, and everybody whose word counts in a
    running project: owners and deputies of processes, who signs in their place, the sponsor
    and the steering.
    """
    if user.is_partner or user.is_administrator or user.is_staff or user.is_superuser:
        return True
    return Project.objects.running().signed_by(user).exists()


def has_second_factor(user: User) -> bool:
    """Say whether the account has an authenticator app or a passkey."""
    held: bool = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
    return held


def has_passkey(user: User) -> bool:
    """Say whether the account has a passkey."""
    held: bool = Authenticator.objects.filter(user=user, type=PASSKEY).exists()
    return held


def must_set_factor(user: User) -> bool:
    """Say whether the account needs a second factor and has none."""
    return not has_second_factor(user) and needs_second_factor(user)


def is_last_factor(authenticator: Authenticator) -> bool:
    """Say whether the account would be without a second factor if this one went."""
    others = Authenticator.objects.filter(user=authenticator.user, type__in=SECOND_FACTORS)
    return authenticator.type in SECOND_FACTORS and (
        not others.exclude(pk=authenticator.pk).exists()
    )


def factors_of(user: User) -> frozenset[Factor]:
    """Return the authenticators of an account as they are now."""
    rows = Authenticator.objects.filter(user=user).values_list("pk", "type")
    return frozenset(Factor(pk, kind) for pk, kind in rows)


@transaction.atomic
def demand_second_factor(*, account: User, demanded_at: datetime) -> bool:
    """Shut an account out that now needs a second factor and has none; say whether it did.

    Its sessions and API tokens end; the next sign-in leads to the page where one is set up.
    Call it after whatever made the account a signer or an administrator.
    """
    if not must_set_factor(account):
        return False
    end_sessions_of(user=account)
    revoke_tokens_of(user=account, revoked_at=demanded_at)
    note_event(SecurityEventKind.SESSIONS_ENDED, account=account, why="SECOND_FACTOR_NEEDED")
    return True


@transaction.atomic
def settle_factors(
    *,
    user: User,
    before: Collection[Factor],
    kept_session: str,
    settled_at: datetime,
    whence: Whence = NOWHERE,
) -> bool:
    """Do what follows a change of the account's authenticators; say whether there was one.

    Every other session and every API token of the account ends, and the record of each
    running project that it takes part in tells of it.
    """
    after = factors_of(user)
    gone, new = set(before) - after, after - set(before)
    if not gone and not new:
        return False
    noted: list[SecurityEvent] = []
    for kind, factors in (
        (SecurityEventKind.AUTHENTICATOR_REMOVED, gone),
        (SecurityEventKind.AUTHENTICATOR_ADDED, new),
    ):
        noted += [
            note_event(kind, account=user, whence=whence, factor=factor.kind)
            for factor in sorted(factors, key=lambda each: each.pk)
        ]
    end_sessions_of(user=user, but=kept_session)
    revoke_tokens_of(user=user, revoked_at=settled_at)
    witness_everywhere(*noted, account=user, actor=user)
    return True


@transaction.atomic
def spend_code(*, user: User, code: str, at: datetime) -> Authenticator | None:
    """Take the code that the account's authenticator app shows, once.

    Returns the authenticator, or None where the code is wrong, or not newer than the last
    one taken: a code seen over a shoulder is worth nothing, at whichever door it is tried.
    """
    held = Authenticator.objects.select_for_update().filter(user=user, type=TOTP).first()
    if held is None:
        return None
    secret = unseal(held.data["secret"])
    counter = _counter_of(code, secret=secret, at=at)
    if counter is None or counter <= held.data.get("spent", 0):
        return None
    held.data = {**held.data, "secret": seal(secret), "spent": counter}
    held.save(update_fields=["data"])
    return held


@transaction.atomic
def spend_recovery_code(*, user: User, code: str) -> Authenticator | None:
    """Take one of the account's recovery codes, once; None where it is none of them."""
    held = Authenticator.objects.select_for_update().filter(user=user, type=RECOVERY_CODES).first()
    if held is None or not held.wrap().validate_code(code):
        return None
    held.refresh_from_db()
    held.data = {**held.data, "seed": seal(unseal(held.data["seed"]))}
    held.save(update_fields=["data"])
    return held


def code_at(secret: str, *, at: datetime) -> str:
    """Return what an authenticator app with this secret shows at a moment."""
    counter = int(at.timestamp()) // mfa_settings.TOTP_PERIOD
    return str(format_hotp_value(hotp_value(secret, counter)))


def _counter_of(code: str, *, secret: str, at: datetime) -> int | None:
    """Return which step of time a code belongs to; None where it is wrong at that moment."""
    now = int(at.timestamp()) // mfa_settings.TOTP_PERIOD
    late = mfa_settings.TOTP_TOLERANCE
    for counter in range(now - late, now + late + 1):
        shown = format_hotp_value(hotp_value(secret, counter))
        if compare_user_code(actual=code, expected=shown):
            return counter
    return None
