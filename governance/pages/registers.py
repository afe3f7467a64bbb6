"""Decisions and assumptions with the answer that counts, for lists that programs read."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import Assumption, AssumptionRuling, Decision, DecisionOutcome
from governance.pages.settled import settling_of


@dataclass(frozen=True, slots=True)
class AnsweredDecision:
    """A decision and the outcome that settled it; None while it is open."""

    question: Decision
    answer: DecisionOutcome | None


@dataclass(frozen=True, slots=True)
class RuledAssumption:
    """An assumption and the newest ruling on it; None while nobody ruled."""

    question: Assumption
    answer: AssumptionRuling | None


def answered_decisions(decisions: Iterable[Decision]) -> list[AnsweredDecision]:
    """Return decisions in their order; their outcomes were fetched with them."""
    return [AnsweredDecision(each, settling_of(each)) for each in decisions]


def ruled_assumptions(assumptions: Iterable[Assumption]) -> list[RuledAssumption]:
    """Return assumptions in their order; their rulings were fetched with them."""
    return [
        RuledAssumption(
            each, max(each.rulings.all(), key=lambda row: (row.ruled_at, row.pk), default=None)
        )
        for each in assumptions
    ]
