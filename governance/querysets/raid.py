"""Risks, issues, dependencies and the business calendar."""

from typing import TYPE_CHECKING, Self

from governance.choices import CalendarKind
from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import CalendarEntry, RaidItem  # noqa: F401


class RaidQuerySet(ImportedQuerySet["RaidItem"]):
    """Select risks, issues and dependencies."""


class CalendarQuerySet(ImportedQuerySet["CalendarEntry"]):
    """Select days of the business calendar."""

    def holidays(self) -> Self:
        """Keep the days on which nobody works, but for those taken out of the calendar again."""
        return self.filter(kind=CalendarKind.HOLIDAY, end__isnull=True)
