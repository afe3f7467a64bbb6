"""Nodes of the process tree: which of them are owned and signed."""

from typing import TYPE_CHECKING, Self

from django.db.models import F, Q

from governance.querysets.facts import ImportedQuerySet

if TYPE_CHECKING:
    from governance.models import BusinessProcess, User  # noqa: F401


class ProcessQuerySet(ImportedQuerySet["BusinessProcess"]):
    """Select processes."""

    def accountable(self) -> Self:
        """Keep those in scope at the level that is owned and signed."""
        return self.filter(accountable=F("pk"), in_scope=True)

    def owned_by(self, user: "User") -> Self:
        """Keep those that the account owns, or stands in for."""
        return self.filter(Q(owner=user) | Q(deputy=user))
