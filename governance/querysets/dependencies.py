"""What waits for decisions, and what rests on assumptions."""

from typing import TYPE_CHECKING

from governance.querysets.facts import FactQuerySet

if TYPE_CHECKING:
    from governance.models import Dependency  # noqa: F401


class DependencyQuerySet(FactQuerySet["Dependency"]):
    """Select what waits."""
