"""Escalations: which of them are open, and with whom."""

from typing import TYPE_CHECKING

from governance.querysets.facts import FactQuerySet

if TYPE_CHECKING:
    from governance.models import Escalation  # noqa: F401


class EscalationQuerySet(FactQuerySet["Escalation"]):
    """Select escalations."""
