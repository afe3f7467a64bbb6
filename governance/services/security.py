"""Write the security log: one structured line to the log stream, one row for the client."""

from dataclasses import dataclass
from typing import Any

import structlog

from governance.choices import SecurityEventKind
from governance.models import Project, SecurityEvent, User

log = structlog.get_logger("security")


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a request came from: the address of the other end, None where there is none."""

    address: str | None = None


NOWHERE = Whence()


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

    `actor` is whoever did it, the account itself where nobody else is named. `terms` are
    the few plain words the sentence needs: never a password, a code, a secret or a token.
    """
    actor = actor or account
    log.info(
        "security_event",
        kind=kind.value,
        account=str(account.public_id),
        actor=str(actor.public_id),
        project=str(project.public_id) if project else None,
        address=whence.address,
        **terms,
    )
    return SecurityEvent.objects.create(
        organisation_id=account.organisation_id,
        project=project,
        kind=kind,
        actor=actor,
        account=account,
        address=whence.address,
        terms=terms,
    )
