"""Slow down whoever guesses, without locking anybody out who does not.

Attempts are counted in buckets. A browser in which the account signed in before has a bucket
of its own (OWASP, "Device cookies"), so whoever guesses from elsewhere fills another one. The
counts lie in the shared cache. Where that is away every process counts for itself: guessing
stays slow, and nobody waits for the cache to come back before they can sign in.
"""

import hashlib
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache

logger = logging.getLogger(__name__)
_own = LocMemCache("throttling", {})


@dataclass(frozen=True, slots=True)
class Limit:
    """So many attempts in so many seconds; the seconds begin on the clock, not with the first."""

    name: str
    attempts: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """Whose attempts are counted together under a limit."""

    limit: Limit
    whose: str


MINUTES = 60
HOUR = 60 * MINUTES
SIGN_IN_KNOWN = Limit("sign-in-known", 10, 5 * MINUTES)
"""An account from a browser that knows it."""
SIGN_IN_PLACE = Limit("sign-in-place", 5, 5 * MINUTES)
"""An account from one address, in a browser that does not know it."""
SIGN_IN_ACCOUNT = Limit("sign-in-account", 20, HOUR)
"""An account from anywhere, in browsers that do not know it."""
SIGN_IN_ADDRESS = Limit("sign-in-address", 30, 5 * MINUTES)
"""One address, whatever the account, in browsers that know none of them."""
CODE_KNOWN = Limit("code-known", 5, 5 * MINUTES)
CODE_ACCOUNT = Limit("code-account", 5, 5 * MINUTES)
RESET_PLACE = Limit("reset-place", 3, 15 * MINUTES)
RESET_ACCOUNT = Limit("reset-account", 10, HOUR)
RESET_ADDRESS = Limit("reset-address", 20, 15 * MINUTES)
LINK_ADDRESS = Limit("link-address", 20, 5 * MINUTES)
SENT_ADDRESS = Limit("sent-address", 300, 5 * MINUTES)
"""One address that goes to an identity provider, as a whole office does in the morning."""
PROVIDER_ADDRESS = Limit("provider-address", 20, 5 * MINUTES)
"""One address that sends us to an identity provider which does not answer."""
PROOF_SESSION = Limit("proof-session", 5, 5 * MINUTES)
"""Password and code asked again: counted for the session, whose owner alone is slowed down."""


class TooManyAttempts(Exception):
    """Say that a bucket is full, and until when."""

    def __init__(self, until: datetime) -> None:
        """Keep the moment at which the next attempt is counted afresh."""
        super().__init__(until.isoformat())
        self.until = until


def take(*, buckets: Iterable[Bucket], at: datetime) -> int:
    """Count one attempt in each of the buckets, before anything is compared.

    Returns how many there are now in the fullest.

    :raises TooManyAttempts: one of them is full; the attempt is not to be looked at.
    """
    numbers = {bucket: _counted(bucket, at=at) for bucket in buckets}
    full = [bucket for bucket, number in numbers.items() if number > bucket.limit.attempts]
    if full:
        raise TooManyAttempts(max(_until(bucket.limit, at=at) for bucket in full))
    return max(numbers.values(), default=0)


def give_back(*, buckets: Iterable[Bucket], at: datetime) -> None:
    """Take an attempt out again that was none: somebody knew the answer."""
    for bucket in buckets:
        key = _key(bucket, at=at)
        for store in (cache, _own):
            try:
                store.decr(key)
            except ValueError:
                continue


def _counted(bucket: Bucket, *, at: datetime) -> int:
    """Return how many attempts are in the bucket now, with this one."""
    number = _added(cache, bucket, at=at)
    if number is None:
        logger.warning("the cache is away: attempts are counted in this process alone")
        number = _added(_own, bucket, at=at)
    return number or 1


def _added(store: BaseCache, bucket: Bucket, *, at: datetime) -> int | None:
    """Count one more; None where the store does not answer."""
    key = _key(bucket, at=at)
    if store.add(key, 1, timeout=2 * bucket.limit.seconds):
        return 1
    try:
        number: int | None = store.incr(key)
    except ValueError:  # it ran out in between
        return 1
    return number


def _key(bucket: Bucket, *, at: datetime) -> str:
    window = int(at.timestamp()) // bucket.limit.seconds
    whose = hashlib.sha256(bucket.whose.encode()).hexdigest()[:32]
    return f"attempts:{bucket.limit.name}:{window}:{whose}"


def _until(limit: Limit, *, at: datetime) -> datetime:
    window = int(at.timestamp()) // limit.seconds
    return datetime.fromtimestamp(0, tz=UTC) + timedelta(seconds=(window + 1) * limit.seconds)
