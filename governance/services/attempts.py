"""Count wrong attempts to prove who somebody is, and tell whom it concerns."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from governance.choices import SecurityEventKind
from governance.models import Job, SecurityEvent, User
from governance.outbox import write_job
from governance.services.security import note_event
from governance.services.throttling import Bucket, Limit, TooManyAttempts, give_back, take

WRONG_ATTEMPTS_ALLOWED = 5
WRONG_ATTEMPTS_SECONDS = 300
PROOFS = Limit("proof-account", WRONG_ATTEMPTS_ALLOWED, WRONG_ATTEMPTS_SECONDS)
"""Wrong proofs count for the account, not for the session: whoever knows the password could
open session after session to guess the code. Somebody else's session that closes this door is
ended by its owner on the account's page, which asks for no proof; the door opens by itself."""
LETTER = "letter"
LETTERS_APART = timedelta(hours=1)


class TooManyWrongAttempts(Exception):
    """Say that too much was wrong lately."""


def count_attempt(user: User, *, at: datetime) -> int:
    """Count an attempt before anything is compared, so that many at once are counted too.

    Returns how many there were lately, with this one.

    :raises TooManyWrongAttempts: too much was wrong lately.
    """
    try:
        return take(buckets=[_bucket(user)], at=at)
    except TooManyAttempts as refusal:
        message = _("Too many wrong attempts. Wait five minutes, then try again.")
        raise TooManyWrongAttempts(message) from refusal


def forgive_attempt(user: User, *, at: datetime) -> None:
    """Take an attempt out again that was none: it was right."""
    give_back(buckets=[_bucket(user)], at=at)


def note_wrong_attempt(user: User, *, times: int, at: datetime, **terms: Any) -> None:
    """Note a wrong attempt: outside every transaction, so that it stays written.

    The fifth is urgent: an administrator sees it at once, and the account and its
    administrators are told by mail. Source: 21 CFR 11.300(d).
    """
    if times != WRONG_ATTEMPTS_ALLOWED:
        note_event(SecurityEventKind.PROOF_FAILED, account=user, times=times, **terms)
        return
    with transaction.atomic():
        event = note_event(
            SecurityEventKind.PROOF_FAILED, account=user, times=times, urgent=True, **terms
        )
        _write_letters(event, account=user, at=at)


def _bucket(user: User) -> Bucket:
    return Bucket(PROOFS, str(user.pk))


def _write_letters(event: SecurityEvent, *, account: User, at: datetime) -> None:
    """Tell the account and its administrators, unless they were told within the last hour."""
    about = f"letter:proofs:{account.public_id}:"
    User.objects.select_for_update().get(pk=account.pk)
    if Job.objects.filter(key__startswith=about, created_at__gt=at - LETTERS_APART).exists():
        return
    administrators = User.objects.administrators_of(account.organisation_id)
    readers = {account.pk: account, **{each.pk: each for each in administrators}}
    for reader in readers.values():
        write_job(
            kind=LETTER,
            key=f"{about}{event.public_id}:{reader.public_id}",
            payload={"letter": "proofs", "row": f"{event.public_id} {reader.public_id}"},
            actor=account,
        )
