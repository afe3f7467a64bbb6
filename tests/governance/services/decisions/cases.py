"""Decisions that are raised and decided through their services."""

from datetime import datetime
from typing import Any

from governance.models import Decision, DecisionOutcome, User
from governance.services.decisions import Answer, Question, decide, raise_decision
from governance.services.dependencies import Dependents, note_dependents
from tests.factories import NOW
from tests.people import Cast


def raised(
    cast: Cast, title: str = "Which?", *, by: User | None = None, **question: Any
) -> Decision:
    """Return a decision of the first project, raised NOW by its sponsor."""
    return raise_decision(
        project=cast.project,
        question=Question(title=title, **question),
        raised_by=by or cast.sponsor,
        raised_at=NOW,
    )


def decided(
    decision: Decision, *, by: User, at: datetime = NOW, outcome: str = "Left", **answer: Any
) -> DecisionOutcome:
    """Return the outcome of a decision, with a reason."""
    given = Answer(**{"outcome": outcome, "reason": "It is nearer.", **answer})
    return decide(decision=decision, answer=given, decided_by=by, decided_at=at)


def noted(decision: Decision, *, by: User, **dependents: Any) -> int:
    """Return how many dependents of a decision were written down."""
    rows = note_dependents(
        decision=decision, dependents=Dependents(**dependents), noted_by=by, noted_at=NOW
    )
    return len(rows)
