"""Every filter over the gate's rows, each with a name."""

from typing import TYPE_CHECKING, Self

from governance.querysets import FactQuerySet, ProjectScopedQuerySet

if TYPE_CHECKING:
    from readiness.models import Acceptance, ReportedReading, ReportedStatus, Snapshot


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
