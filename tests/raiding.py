"""Risks, issues, dependencies and days of the calendar, written through their services."""

from datetime import date, datetime
from typing import Any

from governance.choices import CalendarKind, RaidKind
from governance.models import CalendarEntry, ProviderConfirmation, RaidItem, User
from governance.services.calendar import Days, write_days
from governance.services.raid import ProviderWord, RaidEntry, confirm, write_item
from tests.factories import NOW
from tests.people import Cast


def raise_item(cast: Cast, *, by: User | None = None, **fields: Any) -> RaidItem:
    """Write an item down: a risk, unless told otherwise."""
    said = {"kind": RaidKind.RISK, "title": "The carrier may strike.", **fields}
    at = said.pop("at", NOW)
    writer = by or cast.project_manager
    return write_item(
        project=cast.project, entry=RaidEntry(**said), written_by=writer, written_at=at
    )


def need(cast: Cast, **fields: Any) -> RaidItem:
    """Write down that the bank has to deliver something by a date."""
    said = {
        "kind": RaidKind.DEPENDENCY,
        "title": "Payment files in the new format",
        "provider": "Nordbank",
        "due_date": date(2026, 7, 1),
        **fields,
    }
    return raise_item(cast, **said)


def promise(
    cast: Cast, item: RaidItem, *, by: date = date(2026, 6, 20), at: datetime = NOW
) -> ProviderConfirmation:
    """Write down that the provider promised it for a day."""
    word = ProviderWord(promised_date=by, confirmed_by="Nia Bank")
    return confirm(item=item, word=word, noted_by=cast.project_manager, confirmed_at=at, now=at)


def close_days(cast: Cast, first: date, last: date, **fields: Any) -> CalendarEntry:
    """Write a period close into the calendar."""
    named = {"kind": CalendarKind.CLOSE, "title": "Close", **fields}
    days = Days(from_date=first, to_date=last, **named)
    return write_days(
        project=cast.project, days=days, written_by=cast.project_manager, written_at=NOW
    )
