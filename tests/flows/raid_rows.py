"""Risks, issues, dependencies and days of the calendar for tests that walk over pages."""

from datetime import timedelta
from typing import Any

from governance.choices import CalendarKind, RaidKind, RaidState
from governance.models import (
    CalendarEntry,
    ProviderConfirmation,
    RaidChange,
    RaidItem,
)
from tests.factories import EARLY
from tests.signing import LATER, Desk


def fill_raid(desk: Desk) -> None:
    """Add one more dependency with a word of its provider, and one more day."""
    cast = desk.cast
    row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
    number = RaidItem.objects.count()
    item = RaidItem.objects.create(
        **row, code=f"X-{number}", kind=RaidKind.DEPENDENCY, title="Files", provider="Bank",
        owner=cast.process_owner, raised_at=EARLY, due_date=LATER.date(),
    )  # fmt: skip
    RaidChange.objects.create(
        **row, item=item, state=RaidState.OPEN, note="Asked", changed_by=cast.sponsor,
        changed_at=EARLY,
    )  # fmt: skip
    ProviderConfirmation.objects.create(
        **row, item=item, promised_date=LATER.date(), confirmed_by="Nia", noted_by=cast.sponsor,
        confirmed_at=EARLY,
    )  # fmt: skip
    day = LATER.date() + timedelta(days=number)
    CalendarEntry.objects.create(
        **row, kind=CalendarKind.CLOSE, title=f"Close {number}", from_date=day, to_date=day,
        written_by=cast.sponsor, written_at=EARLY,
    )  # fmt: skip


def item_of(desk: Desk) -> tuple[Any, ...]:
    """Return a dependency of the project."""
    return (RaidItem.objects.filter(project=desk.cast.project).earliest("pk"),)


def days_of(desk: Desk) -> tuple[Any, ...]:
    """Return days of the calendar."""
    return (CalendarEntry.objects.filter(project=desk.cast.project).earliest("pk"),)
