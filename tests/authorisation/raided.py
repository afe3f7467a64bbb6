"""Risks, issues, dependencies and days of the calendar in the world."""

from datetime import timedelta

from governance.choices import CalendarKind, Level, RaidKind, RaidState
from governance.models import (
    CalendarEntry,
    CalendarEntryEnd,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
)
from tests.authorisation.stock import Stock
from tests.factories import EARLY
from tests.signing import LATER


def fill(stock: Stock) -> None:
    """Write a dependency with a word of its provider, and days that stand and days that do not."""
    item = RaidItem.objects.create(
        **stock.scope,
        code="X-001",
        kind=RaidKind.DEPENDENCY,
        title="Files",
        detail="In the new format",
        impact=Level.HIGH,
        mitigation="Ask weekly",
        provider="Bank",
        owner=stock.owner,
        owner_text="Treasurer",
        raised_by="Lead",
        raised_at=EARLY,
        due_date=LATER.date() + timedelta(days=30),
    )
    stock.keep("raid", item)
    RaidChange.objects.create(
        **stock.scope, item=item, state=RaidState.OPEN, note="Asked", changed_by=stock.lead,
        changed_at=EARLY,
    )  # fmt: skip
    ProviderConfirmation.objects.create(
        **stock.scope, item=item, promised_date=LATER.date(), confirmed_by="Nia", note="Soon",
        noted_by=stock.lead, confirmed_at=EARLY,
    )  # fmt: skip
    days = [
        CalendarEntry.objects.create(
            **stock.scope, kind=CalendarKind.CLOSE, title=title, from_date=LATER.date(),
            to_date=LATER.date(), written_by=stock.lead, written_at=EARLY,
        )
        for title in ("Close", "Moved close")
    ]  # fmt: skip
    stock.keep("days", days[0])
    CalendarEntryEnd.objects.create(
        **stock.scope, entry=days[1], reason="Moved", ended_by=stock.lead, ended_at=EARLY
    )
