"""The acts around risks, issues, dependencies and the calendar, through their services."""

from collections.abc import Callable
from datetime import date
from typing import Any

from governance.choices import RaidState, RecordKind
from governance.services.calendar import end_days
from governance.services.raid import RaidUpdate, change_item
from tests.raiding import close_days, need, promise, raise_item
from tests.witnessing.places import LATER, Place


def _changed(place: Place) -> Any:
    update = RaidUpdate(state=RaidState.CLOSED, note="It came in time.", owner=place.cast.sponsor)
    by = place.cast.project_manager
    return change_item(item=raise_item(place.cast), update=update, changed_by=by, changed_at=LATER)


def _ended(place: Place) -> Any:
    row = close_days(place.cast, date(2026, 6, 29), date(2026, 7, 3))
    by = place.cast.project_manager
    return end_days(entry=row, reason="It moved.", ended_by=by, ended_at=LATER)


ACTS: dict[RecordKind, Callable[[Place], Any]] = {
    RecordKind.RAID_WRITTEN: lambda place: need(place.cast, owner=place.cast.sponsor),
    RecordKind.RAID_CHANGED: _changed,
    RecordKind.PROVIDER_CONFIRMED: lambda place: promise(place.cast, need(place.cast)),
    RecordKind.CALENDAR_WRITTEN: lambda place: close_days(
        place.cast, date(2026, 6, 29), date(2026, 7, 3)
    ),
    RecordKind.CALENDAR_ENDED: _ended,
}
