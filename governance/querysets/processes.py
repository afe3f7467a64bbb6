"""Nodes of the process tree: which of them are owned and signed."""

from typing import TYPE_CHECKING, Self

from django.db.models import F

from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import BusinessProcess  # noqa: F401


class ProcessQuerySet(ImportedQuerySet["BusinessProcess"]):
    """Select processes."""

    def accountable(self) -> Self:
        """Keep those in scope at the level that is owned and signed."""
        return self.filter(accountable=F("pk"), in_scope=True)
