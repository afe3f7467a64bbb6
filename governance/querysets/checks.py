"""Read what verifying records found, and what of them left the house."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, Max, OuterRef, Q

from governance.choices import AnchorKind
from governance.querysets.facts import ProjectScopedQuerySet

if TYPE_CHECKING:
    from governance.models import Anchor, Checkpoint, RecordCheck  # noqa: F401


class RecordCheckQuerySet(ProjectScopedQuerySet["RecordCheck"]):
    """Select what verifying records found."""

    def newest_first(self) -> Self:
        """Return the last look first."""
        return self.order_by("-checked_at", "-pk")

    def made_by(self, as_of: datetime) -> Self:
        """Keep what was found up to a moment."""
        return self.filter(checked_at__lte=as_of)

    def newest_moments(self) -> dict[int, datetime]:
        """Return project -> when its record was looked at last."""
        rows = self.values("project_id").annotate(newest=Max("checked_at"))
        return {row["project_id"]: row["newest"] for row in rows}

    def freezing(self) -> Self:
        """Keep the unsound ones of these that none of the later ones has lifted."""
        same = Q(project=OuterRef("project"))
        later = Q(checked_at__gt=OuterRef("checked_at"))
        later |= Q(checked_at=OuterRef("checked_at"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(self.filter(same & later)), is_sound=False)


class CheckpointQuerySet(ProjectScopedQuerySet["Checkpoint"]):
    """Select signed ends of records."""

    def with_anchors(self) -> Self:
        """Add `anchored_at`: when it last left the house; None where it never did."""
        return self.annotate(anchored_at=Max("anchors__anchored_at"))


class AnchorQuerySet(ProjectScopedQuerySet["Anchor"]):
    """Select what left the house."""

    def newest_first(self) -> Self:
        """Return the last one first."""
        return self.order_by("-anchored_at", "-pk")

    def furthest(self) -> list[tuple[int, int, datetime, int]]:
        """Return project, entries covered and moment of the newest anchor that covers most.

        The last number is how many entries the furthest time stamp covers, 0 without one.
        """
        rows = self.order_by("checkpoint__size", "anchored_at")
        columns = ("project_id", "checkpoint__size", "anchored_at", "kind")
        newest: dict[int, tuple[int, int, datetime, int]] = {}
        for project_id, size, anchored_at, kind in rows.values_list(*columns):
            stamped = newest[project_id][3] if project_id in newest else 0
            if kind == AnchorKind.TIMESTAMP:
                stamped = size
            newest[project_id] = (project_id, size, anchored_at, stamped)
        return list(newest.values())
