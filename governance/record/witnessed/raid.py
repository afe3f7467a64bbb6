"""Risks, issues, dependencies and the calendar: how the record tells them.

No file changes what somebody wrote by hand. Of what a file brought only that is told here which
no later file changes; the rest is told by the entries of its imports. How an item stands and
whose it is, is told by its changes.
"""

from typing import Any

from governance.choices import RecordKind
from governance.models import (
    CalendarEntry,
    CalendarEntryEnd,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
)
from governance.record.witnessing import Told, Witness, id_of


def _file_of(row: Any) -> dict[str, Any]:
    """Return the import that brought a row, and how often it was brought."""
    told = {"import": id_of(row.import_run), "edition": row.edition, "source": row.source}
    return {name: value for name, value in told.items() if value}


def _item(row: RaidItem) -> Told:
    terms = {
        "code": row.code,
        "raid_kind": row.kind,
        "raised_at": row.raised_at,
        "recorded_at": row.recorded_at,
        **_file_of(row),
    }
    texts = {"title": row.title, "raised_by": row.raised_by, "provider": row.provider}
    if row.import_run is not None:
        return Told(terms, texts)
    rated = {"impact": row.impact, "probability": row.probability, "due_date": row.due_date}
    written = {"detail": row.detail, "mitigation": row.mitigation}
    return Told({**terms, **rated}, {**texts, **written})


def _change(row: RaidChange) -> Told:
    terms = {
        "item": id_of(row.item),
        "code": row.item.code,
        "raid_state": row.state,
        "by": id_of(row.changed_by),
        "changed_at": row.changed_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"note": row.note})


def _confirmation(row: ProviderConfirmation) -> Told:
    terms = {
        "item": id_of(row.item),
        "code": row.item.code,
        "promised_date": row.promised_date,
        "by": id_of(row.noted_by),
        "confirmed_at": row.confirmed_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"confirmed_by": row.confirmed_by, "note": row.note})


def _days(row: CalendarEntry) -> Told:
    terms = {
        "calendar_kind": row.kind,
        "from_date": row.from_date,
        "to_date": row.to_date,
        "by": id_of(row.written_by),
        "written_at": row.written_at,
        "recorded_at": row.recorded_at,
        **_file_of(row),
    }
    return Told(terms, {"title": row.title})


def _days_end(row: CalendarEntryEnd) -> Told:
    terms = {
        "entry": id_of(row.entry),
        "calendar_kind": row.entry.kind,
        "from_date": row.entry.from_date,
        "by": id_of(row.ended_by),
        "ended_at": row.ended_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


WITNESSED = (
    Witness(
        kind=RecordKind.RAID_WRITTEN,
        model=RaidItem,
        noun="raid",
        tell=_item,
        related=("import_run",),
    ),
    Witness(
        kind=RecordKind.RAID_CHANGED,
        model=RaidChange,
        noun="raid_change",
        tell=_change,
        by="changed_by",
        related=("item", "changed_by"),
    ),
    Witness(
        kind=RecordKind.PROVIDER_CONFIRMED,
        model=ProviderConfirmation,
        noun="confirmation",
        tell=_confirmation,
        by="noted_by",
        related=("item", "noted_by"),
    ),
    Witness(
        kind=RecordKind.CALENDAR_WRITTEN,
        model=CalendarEntry,
        noun="calendar",
        tell=_days,
        by="written_by",
        related=("written_by", "import_run"),
    ),
    Witness(
        kind=RecordKind.CALENDAR_ENDED,
        model=CalendarEntryEnd,
        noun="calendar_end",
        tell=_days_end,
        by="ended_by",
        related=("entry", "ended_by"),
    ),
)
