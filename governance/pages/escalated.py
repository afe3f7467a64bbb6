"""Escalations as REST hands them out: with nothing in them that the caller may not know."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from governance.choices import EscalationAct
from governance.models import Escalation, EscalationStep
from governance.pages.escalations import holder, steps_of, whoever
from governance.permissions import Seat
from governance.permissions.areas.escalations import may_see_inside
from governance.querysets.escalations import ENDING


@dataclass(frozen=True, slots=True)
class EscalationAsSeen:
    """An escalation, fetched with its steps; what is withheld from the caller is empty."""

    row: Escalation
    steps: list[EscalationStep]
    is_open: bool
    is_overdue: bool
    addressee: str | None
    rung: str
    due_at: datetime | None
    raised_by: str | None
    reason: str | None
    answer: str | None


def escalations_as_seen(
    rows: Iterable[Escalation], *, seat: Seat, at: datetime
) -> list[EscalationAsSeen]:
    """Return escalations as a seat may see them."""
    return [_as_seen(row, seat=seat, at=at) for row in rows]


def _as_seen(row: Escalation, *, seat: Seat, at: datetime) -> EscalationAsSeen:
    steps = steps_of(row)
    now, held = steps[-1], holder(steps)
    is_open = now.act not in ENDING
    ran_out = now.act == EscalationAct.CLIMBED or (now.due_at is not None and now.due_at <= at)
    inside = may_see_inside(seat, row, addressees=whoever(steps))
    return EscalationAsSeen(
        row=row,
        steps=steps,
        is_open=is_open,
        is_overdue=is_open and ran_out,
        addressee=held.addressee.name if held.addressee else None,
        rung=held.rung,
        due_at=now.due_at if is_open else None,
        raised_by=row.raised_by.name if inside and row.raised_by else None,
        reason=row.reason if inside else None,
        answer=now.text if inside and not is_open else None,
    )
