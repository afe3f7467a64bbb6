"""Read the log of a project, and who may sign in whose place."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import ExpressionWrapper
from django.db.models.functions import Now

from governance.querysets.facts import FactQuerySet, ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Delegation, RecordEntry, RecordHead  # noqa: F401


class RecordHeadQuerySet(models.QuerySet["RecordHead"]):
    """Select the ends of records."""

    def with_clock(self) -> Self:
        """Add `now`: the database's own clock."""
        return self.annotate(now=ExpressionWrapper(Now(), output_field=models.DateTimeField()))


class RecordEntryQuerySet(ProjectScopedQuerySet["RecordEntry"]):
    """Select entries of a record."""

    def in_order(self) -> Self:
        """Return the entries from the first on."""
        return self.order_by("seq")

    def newest_first(self) -> Self:
        """Return the entries from the last on."""
        return self.order_by("-seq")

    def up_to(self, size: int) -> Self:
        """Keep the first `size` entries."""
        return self.filter(seq__lt=size)


class DelegationQuerySet(FactQuerySet["Delegation"]):
    """Select delegations."""

    def holding_at(self, moment: "datetime | Now") -> Self:
        """Keep those that let somebody sign at a moment."""
        moments: dict[str, Any] = {"starts_at__lte": moment, "ends_at__gt": moment}
        return self.filter(**moments).exclude(end__isnull=False)
