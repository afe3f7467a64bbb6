"""Sessions: how long one lasts, that it was used, and ending it before its time."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from governance.choices import SecurityEventKind
from governance.models import SignedInSession, User
from governance.services.security import note_event
from governance.services.tokens import revoke_tokens_of

NOTE_EVERY = timedelta(minutes=1)
KEPT_AFTER_END = timedelta(days=7)
"""How long a session that ran out is remembered, so that its owner can be told why."""

logger = logging.getLogger(__name__)


def end_of_session(*, started_at: datetime, seen_at: datetime) -> datetime:
    """Return when a session ends: a while after its last use, and never later than its limit.

    Half an hour and twelve hours are the limits of NIST 800-63B for two factors.
    """
    idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return min(started_at + longest, seen_at + idle)


def note_use(*, session: SignedInSession, used_at: datetime) -> None:
    """Write that a running session is used, at most once a minute, and let it last on.

    Of many requests at once the first writes it. A page is shown all the same where the
    database takes no write at the moment.
    """
    before = used_at - NOTE_EVERY
    if session.started_at is None or session.seen_at is None or session.seen_at > before:
        return
    ends_at = end_of_session(started_at=session.started_at, seen_at=used_at)
    running = SignedInSession.objects.filter(pk=session.pk).running_at(used_at)
    try:
        running.unused_since(before).update(seen_at=used_at, expire_date=ends_at)
    except DatabaseError:
        logger.warning("the use of a session was not written down", exc_info=True)


def end_sessions_of(*, user: User, but: str = "") -> int:
    """End every session of an account and return how many; `but` is a key that may stay."""
    ended, _ = SignedInSession.objects.of_user(user).exclude(pk=but).delete()
    return ended


@transaction.atomic
def end_own_session(*, user: User, session: UUID) -> int:
    """End one of the account's own sessions by its public name; say how many there were."""
    ended, _ = SignedInSession.objects.of_user(user).filter(public_id=session).delete()
    _note_ended(user, ended)
    return ended


@transaction.atomic
def end_own_sessions(*, user: User, but: str) -> int:
    """End the account's sessions but the one of a key, as its owner wishes; say how many."""
    ended = end_sessions_of(user=user, but=but)
    _note_ended(user, ended)
    return ended


@transaction.atomic
def end_after_new_password(*, user: User, but: str, way: str, changed_at: datetime) -> None:
    """End what the old password may have opened; `way` is CHANGED by its owner, or RESET.

    The session of a key may stay; API tokens all go. A second factor is not touched.
    """
    end_sessions_of(user=user, but=but)
    revoke_tokens_of(user=user, revoked_at=changed_at)
    note_event(SecurityEventKind.PASSWORD_CHANGED, account=user, way=way)


def _note_ended(user: User, number: int) -> None:
    if number:
        note_event(SecurityEventKind.SESSIONS_ENDED, account=user, why="ASKED", number=number)


def forget_old_sessions(*, at: datetime) -> int:
    """Delete sessions that ran out long ago, and nobody's that ran out; return how many."""
    gone, _ = SignedInSession.objects.forgettable_at(at, kept=KEPT_AFTER_END).delete()
    return gone
