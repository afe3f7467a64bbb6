"""Replacements of a partner or a consultant, and what is not handed over yet."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q

from governance.querysets.facts import FactQuerySet

if TYPE_CHECKING:
    from governance.models import HeldItem, Replacement, User  # noqa: F401


class ReplacementQuerySet(FactQuerySet["Replacement"]):
    """Select replacements."""

    happened_field = "replaced_at"

    def concerning(self, consultant: "User | None") -> Self:
        """Keep those of the partner whole, and those of this consultant of it."""
        whole = Q(consultant__isnull=True)
        return self.filter(whole | Q(consultant=consultant) if consultant else whole)

    def of_one_each(self) -> Self:
        """Keep those of one consultant, not of a partner whole."""
        return self.filter(consultant__isnull=False)

    def with_progress(self) -> Self:
        """Add `held_number` and `handed_number`: what there is to hand over, and what was."""
        return self.annotate(
            held_number=Count("held", distinct=True),
            handed_number=Count("held__handover", distinct=True),
        )

    def newest_first(self) -> Self:
        """Order by the moment they were decided, the newest first."""
        return self.order_by("-replaced_at", "-pk")


class HeldItemQuerySet(FactQuerySet["HeldItem"]):
    """Select what replaced parties held."""

    def waiting(self) -> Self:
        """Keep what nobody has taken over."""
        return self.filter(handover__isnull=True)

    def overdue_on(self, day: date) -> Self:
        """Keep what nobody took over although its party has left."""
        return self.waiting().filter(replacement__leaves_date__lt=day)

    def in_order(self) -> Self:
        """Order by kind, then as they were listed."""
        return self.order_by("kind", "pk")
