"""Outcomes of a judgement: findings, one judgement per gate, and the project's one verdict."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from governance.readings import Reading
from readiness.choices import FindingState, Verdict
from readiness.policy.terms import (
    AcceptanceTerms,
    CriterionTerms,
    ExemptionTerms,
    GateTerms,
    ProjectCase,
    StopTerms,
)

# Tuples and `_value_` below, not sets and dicts of states: an Enum's hash is a Python call.
BLOCKING = (
    FindingState.MISSED,
    FindingState.NOT_REPORTED,
    FindingState.STALE,
    FindingState.INSUFFICIENT,
)
"""States that close a gate when the criterion is hard and nobody accepted the risk."""

SETTLED = (FindingState.MET, FindingState.NOT_APPLICABLE)
"""States that ask nothing of anybody."""


class Finding(NamedTuple):
    """Say how one criterion came out; a tuple, because a night makes 100,000 of them.

    `beneath` is the state without the acceptance. `due_today` is None while nothing is
    due yet; `target` is None when it hangs on a baseline that nobody reported.
    """

    criterion: CriterionTerms
    state: FindingState
    beneath: FindingState
    reading: Reading | None
    due_today: Decimal | None
    target: Decimal | None
    acceptance: AcceptanceTerms | None = None
    exemption: ExemptionTerms | None = None

    @property
    def is_blocking(self) -> bool:
        """Say whether this finding alone makes the gate a no-go."""
        return self.criterion.hard and self.state in BLOCKING


def counts_of(findings: Iterable[Finding]) -> Counter[str]:
    """Return how many findings are in each state."""
    return Counter([finding.state._value_ for finding in findings])


@dataclass(frozen=True, slots=True)
class Judgement:
    """Hold the findings of some criteria and the verdict they make.

    A frozen one, and one that is stopped, is a no-go whatever its findings say.
    """

    verdict: Verdict
    findings: tuple[Finding, ...]
    is_frozen: bool = False
    stop: StopTerms | None = None

    @property
    def counts(self) -> Counter[str]:
        """Return how many findings are in each state."""
        return counts_of(self.findings)


@dataclass(frozen=True, slots=True)
class GateJudgement:
    """Hold one gate's judgement; a gate that is not open has no findings."""

    gate: GateTerms
    judgement: Judgement
    opens_date: date | None

    @property
    def verdict(self) -> Verdict:
        """Return the gate's verdict."""
        return self.judgement.verdict

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the gate's findings in the order of its criteria."""
        return self.judgement.findings

    @property
    def is_open(self) -> bool:
        """Say whether the gate is being judged yet."""
        return self.verdict is not Verdict.NOT_OPEN


@dataclass(frozen=True, slots=True)
class ProjectJudgement:
    """Hold one judgement per gate and the project's one verdict.

    `deciding` are the gates the verdict was taken from; `next_change_at` is the soonest
    moment at which the passing of time alone, within the day, could change it.
    """

    case: ProjectCase
    verdict: Verdict
    gates: tuple[GateJudgement, ...]
    deciding: tuple[GateJudgement, ...]
    next_change_at: datetime | None
    inputs_hash: str


_ORDER = (Verdict.NO_GO, Verdict.CONDITIONAL, Verdict.GO)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst verdict of the open ones; NOT_OPEN when none is open."""
    found = set(verdicts)
    return next((verdict for verdict in _ORDER if verdict in found), Verdict.NOT_OPEN)
