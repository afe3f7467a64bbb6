"""Write the security log: one structured line to the log stream, one row for the client."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from django.core.cache import cache
from django.db import DatabaseError, transaction

from governance.choices import SecurityEventKind
from governance.models import Project, SecurityEvent, User

# A refusal that is repeated within so many seconds is written once.
QUIET_SECONDS = 60
# Whose request it was where it is known and nobody was let in: an attribute of the request.
REFUSED_ACCOUNT = "refused_account"
log = structlog.get_logger("security")


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a request came from: the address of the other end, None where there is none."""

    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was asked for and refused: the name of the address, the method, the answer."""

    at: str
    method: str
    status: int


NOWHERE = Whence()
_whence: ContextVar[Whence] = ContextVar("whence", default=NOWHERE)


@contextmanager
def coming_from(whence: Whence) -> Iterator[None]:
    """Let every event within name where the request came from."""
    before = _whence.set(whence)
    try:
        yield
    finally:
        _whence.reset(before)


def note_event(
    kind: SecurityEventKind,
    *,
    account: User,
    actor: User | None = None,
    project: Project | None = None,
    whence: Whence = NOWHERE,
    **terms: Any,
) -> SecurityEvent:
    """Write what happened to an account; its own organisation's administrators read it.

    The row stands or falls with the transaction it is written in, and the line is told once
    that is certain. `actor` is whoever did it, the account itself where nobody else is named;
    `whence` the request's own where nothing else is said. `terms` are the few plain words the
    sentence needs, `urgent=True` among them where an administrator must see it at once: never
    a password, a code, a secret or a token.
    """
    actor = actor or account
    address = whence.address or _whence.get().address
    event = SecurityEvent.objects.create(
        organisation_id=account.organisation_id,
        project=project,
        kind=kind,
        actor=actor,
        account=account,
        address=address,
        terms=terms,
    )
    tell = partial(
        log.info,
        "security_event",
        kind=kind.value,
        account=str(account.public_id),
        actor=str(actor.public_id),
        project=str(project.public_id) if project else None,
        address=address,
        terms=terms,
    )
    transaction.on_commit(tell, robust=True)
    return event


def note_refusal(
    kind: SecurityEventKind,
    *,
    account: User,
    attempt: Attempt,
    project: Project | None = None,
    whence: Whence = NOWHERE,
) -> None:
    """Write that an account was refused, at most once a minute for each kind and address.

    Whoever hammers cannot fill the log, and a log that cannot be written stops no request.
    """
    key = f"refusal:{account.pk}:{kind}:{attempt.at}"
    if not cache.add(key, 1, timeout=QUIET_SECONDS):
        return
    terms: dict[str, Any] = {"at": attempt.at, "method": attempt.method, "status": attempt.status}
    try:
        with transaction.atomic():
            note_event(kind, account=account, project=project, whence=whence, **terms)
    except DatabaseError:
        log.exception("security_event_not_written", kind=kind.value)
