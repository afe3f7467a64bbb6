"""Risks, issues, dependencies and the business calendar."""

from typing import TYPE_CHECKING

from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import CalendarEntry, RaidItem  # noqa: F401


class RaidQuerySet(ImportedQuerySet["RaidItem"]):
    """Select risks, issues and dependencies."""


class CalendarQuerySet(ImportedQuerySet["CalendarEntry"]):
    """Select days of the business calendar."""
