"""What waits for decisions, and what rests on assumptions."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from governance.choices import DependentKind
from governance.querysets.facts import FactQuerySet
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.models import Decision, Dependency  # noqa: F401

_DOWNSTREAM = """
    WITH RECURSIVE downstream(id) AS (
        SELECT waiting_id FROM governance_dependency
         WHERE decision_id = {start} AND waiting_id IS NOT NULL
         UNION
        SELECT w.waiting_id FROM governance_dependency w
          JOIN downstream d ON w.decision_id = d.id
         WHERE w.waiting_id IS NOT NULL)
    SELECT id FROM downstream
"""


class DependencyQuerySet(FactQuerySet["Dependency"]):
    """Select what waits."""

    happened_field = "noted_at"

    def between_decisions(self) -> Self:
        """Keep the decisions that wait for decisions."""
        return self.filter(kind=DependentKind.DECISION, decision__isnull=False)

    def about(self, decision: "Decision") -> Self:
        """Keep what waits for a decision, and what it waits for itself."""
        return self.filter(Q(decision=decision) | Q(waiting=decision))

    def by_kind(self) -> Self:
        """Order by what waits, each kind by code."""
        return self.order_by("kind", "code", "waiting__code", "pk")


def downstream_ids(decision_id: int) -> set[int]:
    """Return every decision that waits for one, at any remove; in a loop, that one too."""
    return {row[0] for row in fetch_rows(fill(_DOWNSTREAM, start=[decision_id]))}
