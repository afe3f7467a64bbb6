"""Read the log of a project, and who may sign in whose place."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from django.db import models
from django.db.models import ExpressionWrapper
from django.db.models.functions import Now

from governance.querysets.facts import FactQuerySet, ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Delegation, RecordEntry, RecordHead, User  # noqa: F401


class RecordHeadQuerySet(models.QuerySet["RecordHead"]):
    """Select the ends of records."""

    def with_clock(self) -> Self:
        """Add `now`: the database's own clock."""
        return self.annotate(now=ExpressionWrapper(Now(), output_field=models.DateTimeField()))

    def of_projects_in_order(self, project_ids: Collection[int]) -> Self:
        """Keep those of these projects, in the order of the projects' keys."""
        return self.filter(project__in=list(project_ids)).order_by("project_id")


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

    def of_kind(self, kind: str) -> Self:
        """Keep the entries of a kind."""
        return self.filter(kind=kind)

    def by_account(self, account: "User") -> Self:
        """Keep what an account did."""
        return self.filter(actor=account)

    def about(self, subject_id: UUID) -> Self:
        """Keep what was done to one row."""
        return self.filter(subject_id=subject_id)

    def since(self, moment: datetime) -> Self:
        """Keep the entries at a moment or after it."""
        return self.filter(at__gte=moment)

    def before(self, moment: datetime) -> Self:
        """Keep the entries before a moment."""
        return self.filter(at__lt=moment)

    def whole(self) -> Self:
        """Read along what a line of the timeline names."""
        return self.select_related("actor__organisation").prefetch_related("texts")


class DelegationQuerySet(FactQuerySet["Delegation"]):
    """Select delegations."""

    def standing(self) -> Self:
        """Keep those that nobody ended before their time, past and to come."""
        return self.filter(end__isnull=True)

    def holding_at(self, moment: "datetime | Now") -> Self:
        """Keep those that let somebody sign at a moment."""
        moments: dict[str, Any] = {"starts_at__lte": moment, "ends_at__gt": moment}
        return self.standing().filter(**moments)

    def of_account(self, user: "User") -> Self:
        """Keep those that name an account as who may sign."""
        return self.filter(delegate=user)

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Keep those whose window has a moment of another."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def newest_first(self) -> Self:
        """Return the one that ends last first."""
        return self.order_by("-ends_at", "-pk")
