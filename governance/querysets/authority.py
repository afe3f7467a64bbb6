"""Charters and stops: which of them count at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import Exists, OuterRef

from governance.querysets.facts import FactQuerySet

if TYPE_CHECKING:
    from governance.models import Charter, GateStop, GateStopEnd  # noqa: F401


class CharterQuerySet(FactQuerySet["Charter"]):
    """Select charters."""

    happened_field = "written_at"

    def newest_at(self, as_of: datetime, *, project_ids: Collection[int]) -> "dict[int, Charter]":
        """Return project -> the charter that was written last by a moment."""
        rows = self.filter(project_id__in=project_ids).known_at(as_of)
        fetched = rows.select_related("project_manager").order_by("written_at", "pk")
        return {row.project_id: row for row in fetched}

    def newest_first(self) -> Self:
        """Return the last version first."""
        return self.order_by("-written_at", "-pk")


class GateStopQuerySet(FactQuerySet["GateStop"]):
    """Select stops of gates."""

    happened_field = "stopped_at"

    def standing(self) -> Self:
        """Keep those that nobody has ended yet."""
        return self.filter(end__isnull=True)

    def standing_at(self, as_of: datetime) -> Self:
        """Keep those that stood at a moment."""
        ends = self.model._meta.get_field("end").related_model._base_manager
        ended = ends.filter(stop=OuterRef("pk"), ended_at__lte=as_of, recorded_at__lte=as_of)
        return self.known_at(as_of).filter(~Exists(ended))

    def newest_first(self) -> Self:
        """Return the last stop first."""
        return self.order_by("-stopped_at", "-pk")
