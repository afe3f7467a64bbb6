"""What a criterion demands on a given day before go-live: its glide path, read."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison
from readiness.policy.terms import CriterionTerms, GateTerms, GlidePath

_HUNDREDTH = Decimal("0.01")
_WHOLE = Decimal(1)
_UPWARD = (Comparison.AT_LEAST, Comparison.IS_TRUE)


class Demand(NamedTuple):
    """Say what one criterion asks on one day.

    `threshold` is what counts today, `warn` the far edge of its warning band, `target`
    what must be reached in the end; `is_due` is False while nothing is asked yet.
    """

    threshold: Decimal
    warn: Decimal | None
    target: Decimal
    is_due: bool


def _interpolated(glide: GlidePath, days_left: int) -> Decimal:
    if days_left >= glide[0][0]:
        return glide[0][1]
    for (far, start), (near, end) in pairwise(glide):
        if days_left >= near:
            return start + (end - start) * (far - days_left) / (far - near)
    return glide[-1][1]


def expected(criterion: CriterionTerms, days_left: int) -> Decimal:
    """Return what the glide path expects on a day, before the target's own day.

    Rounded to what a page shows (whole counts, else hundredths) and always in the
    project's favour, so that meeting the number on the page is meeting the criterion.
    """
    step = _WHOLE if criterion.kind is ReadingKind.COUNT else _HUNDREDTH
    rounding = ROUND_FLOOR if criterion.comparison in _UPWARD else ROUND_CEILING
    return _interpolated(criterion.glide, days_left).quantize(step, rounding)


def demand_on(criterion: CriterionTerms, days_left: int) -> Demand:
    """Return what a criterion without a baseline asks with so many days left."""
    target, warn = criterion.target, criterion.warn
    if days_left <= criterion.due_days:
        return Demand(target, warn, target, is_due=True)
    if not criterion.glide:
        return Demand(target, None, target, is_due=False)
    today = expected(criterion, days_left)
    return Demand(today, None if warn is None else today + (warn - target), target, is_due=True)


@lru_cache(maxsize=4096)
def demands_of(gate: GateTerms, days_left: int) -> tuple[tuple[CriterionTerms, Demand], ...]:
    """Return each judged criterion of a gate with its demand; remembered per gate and day."""
    return tuple(
        (criterion, demand_on(criterion, days_left))
        for criterion in gate.criteria
        if not criterion.in_meeting
    )


def against_baseline(
    criterion: CriterionTerms, demand: Demand, readings: Mapping[str, Reading]
) -> Demand | None:
    """Return the demand with its numbers put on the baseline, or None without a baseline."""
    terms = criterion.baseline
    if terms is None:
        return demand
    reading = readings.get(terms.metric)
    base = None if reading is None else reading.measured
    if base is None:
        return None
    target, warn = criterion.target, criterion.warn
    if terms.is_factor:
        target, warn = base * target, None if warn is None else base * warn
    else:
        target, warn = base + target, None if warn is None else base + warn
    return Demand(target, warn if demand.is_due else None, target, demand.is_due)
