"""Every filter over the gate's rows, each with a name."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Max

from governance.querysets import FactQuerySet, ProjectScopedQuerySet
from readiness.choices import NightState

if TYPE_CHECKING:
    pass


class SnapshotQuerySet(ProjectScopedQuerySet["Snapshot"]):
    """Select snapshots."""

    def newest_first(self) -> Self:
        """Order by moment, the newest first."""
        return self.order_by("-as_of", "-id")


class AcceptanceQuerySet(FactQuerySet["Acceptance"]):
    """Select acceptances."""

    happened_field = "accepted_at"


class ReportedReadingQuerySet(FactQuerySet["ReportedReading"]):
    """Select readings that somebody reported."""

    happened_field = "reported_at"


class ReportedStatusQuerySet(FactQuerySet["ReportedStatus"]):
    """Select statuses that somebody reported."""

    happened_field = "reported_at"


class NightQuerySet(ProjectScopedQuerySet["Night"]):
    """Select nights."""

    def newest_days(self) -> dict[int, date]:
        """Return project id -> the newest local day that has a night."""
        return dict(self.values_list("project_id").annotate(newest=Max("local_day")))

    def waiting(self, *, attempts: int) -> Self:
        """Keep nights that are due, or failed fewer than so many times, the oldest first."""
        unfinished = self.exclude(state=NightState.DONE)
        return unfinished.filter(attempts__lt=attempts).order_by("due_at", "id")
