"""Options, dependencies and a successor of a decision for the walk over the REST interface."""

from typing import Any

from governance.choices import DecisionKind, DependentKind
from governance.models import Decision, DecisionOption, Dependency, User
from tests.factories import NOW

DECISION: dict[str, Any] = {
    "title": "Which plant goes first?",
    "kind": "SCOPE",
    "due_date": "2026-07-01",
    "blocks_go_live": True,
    "options": [{"title": "Oslo", "consequence": "Smaller.", "is_recommended": True}],
}


def add_to_decision(decision: Decision, actor: User, mark: str) -> None:
    """Offer an option, let another decision wait, and put one in the place of a third."""
    scope = {"organisation_id": decision.organisation_id, "project_id": decision.project_id}
    DecisionOption.objects.create(
        **scope,
        decision=decision,
        position=1,
        title=mark,
        consequence=mark,
        is_recommended=True,
        offered_by=actor,
    )
    waiting = Decision.objects.create(
        **scope, code="DEC-2", title=mark, kind=DecisionKind.SCOPE, decider=actor, raised_at=NOW
    )
    Decision.objects.create(**scope, code="DEC-3", title=mark, raised_at=NOW, supersedes=decision)
    Dependency.objects.create(
        **scope,
        decision=decision,
        kind=DependentKind.DECISION,
        waiting=waiting,
        noted_by=actor,
        noted_at=NOW,
    )
