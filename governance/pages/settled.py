"""Which outcome of a decision counts, and what took its place; both were fetched with it."""

from governance.choices import Affiliation
from governance.models import Decision, DecisionOutcome


def settling_of(decision: Decision) -> DecisionOutcome | None:
    """Return the client's outcome, the first one; a partner's, or nobody's, settles nothing."""
    return min(
        (row for row in decision.outcomes.all() if row.decided_affiliation == Affiliation.CLIENT),
        key=lambda row: (row.decided_at, row.pk),
        default=None,
    )


def successor_of(decision: Decision) -> Decision | None:
    """Return the decision that took its place; None where nothing did."""
    return getattr(decision, "superseded_by", None)
