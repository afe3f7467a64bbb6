"""The counterfactual: how much more, exactly, would make a finding MET."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState
from readiness.policy.outcomes import Finding

_COUNTED = (ReadingKind.SHARE, ReadingKind.COUNT)
_MEASURED = (FindingState.MISSED, FindingState.AT_RISK)


def need_of(finding: Finding) -> Decimal | None:
    """Return how far a missed or endangered finding is from MET; None where no number says.

    In whole rows for shares and counts, else in the metric's own unit; measured against
    what is due today, or against the target while nothing is due yet.
    """
    threshold = finding.due_today if finding.due_today is not None else finding.target
    if finding.beneath not in _MEASURED or finding.reading is None or threshold is None:
        return None
    have, wanted = _on_one_scale(finding.reading, threshold)
    if finding.reading.kind in _COUNTED:
        wanted = _whole(finding.criterion.comparison, wanted)
    return abs(wanted - have)


def _on_one_scale(reading: Reading, threshold: Decimal) -> tuple[Decimal, Decimal]:
    if reading.kind is ReadingKind.SHARE:
        return Decimal(reading.done or 0), threshold * Decimal(reading.due or 0) / 100
    return reading.value or Decimal(0), threshold


def _whole(comparison: Comparison, wanted: Decimal) -> Decimal:
    """Return the nearest whole number of rows that meets the comparison."""
    if comparison is Comparison.AT_MOST:
        return wanted.to_integral_value(ROUND_FLOOR)
    if comparison is Comparison.LESS_THAN:
        return max(wanted.to_integral_value(ROUND_CEILING) - 1, Decimal(0))
    return wanted.to_integral_value(ROUND_CEILING)
