"""Acts of replacing a partner, each through its service."""

from collections.abc import Callable
from datetime import date
from typing import Any

from governance.choices import RecordKind, Role
from governance.models import HeldItem, Replacement
from governance.services.carrying import record_rows
from readiness.services.holdings import Party
from readiness.services.replacements import Parting, Taking, hand_over, replace_party
from tests.factories import join
from tests.witnessing.places import LATER, Place


def replaced(place: Place) -> Replacement:
    """Return who was replaced by the sponsor, with one thing that only they knew."""
    cast = place.cast
    join(project=cast.project, user=cast.guest, role=Role.CONSULTANT)
    record_rows(cast.project)  # who joined for it
    parting = Parting(
        party=Party(cast.partner, cast.guest),
        reason="Two people do the work of three.",
        leaves_date=date(2026, 6, 30),
        knowledge=("How the bank's interface is started again.",),
    )
    return replace_party(
        project=cast.project, parting=parting, replaced_by=cast.sponsor, replaced_at=LATER
    )


def _held(place: Place) -> Any:
    return HeldItem.objects.get(replacement=replaced(place))


def _handed_over(place: Place) -> Any:
    cast = place.cast
    taking = Taking(taken_by=cast.business_user, note="It is in the handbook.")
    return hand_over(
        item=_held(place), taking=taking, noted_by=cast.project_manager, taken_at=LATER
    )


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.PARTY_REPLACED: replaced,
    RecordKind.HELD_LISTED: _held,
    RecordKind.HANDED_OVER: _handed_over,
}
"""Acts about partners."""
