"""Options, what waits, and a successor of a decision in the world."""

from governance.choices import DependentKind
from governance.models import Decision, DecisionOption, Dependency
from tests.authorisation.stock import Stock
from tests.factories import EARLY


def fill(stock: Stock) -> None:
    """Write a way to decide, a decision and a scenario that wait, and one that was replaced."""
    decision = stock.rows["decision"]
    assert isinstance(decision, Decision)
    DecisionOption.objects.create(
        **stock.scope, decision=decision, position=1, title="Oslo", consequence="Small",
        is_recommended=True, offered_by=stock.owner,
    )  # fmt: skip
    waiting = Decision.objects.create(
        **stock.scope, code="DEC-3", title="Then?", detail="Later", raised_at=EARLY
    )
    noted = {**stock.scope, "decision": decision, "noted_by": stock.owner, "noted_at": EARLY}
    Dependency.objects.create(**noted, kind=DependentKind.DECISION, waiting=waiting)
    scenario = stock.rows["scenario"]
    Dependency.objects.create(
        **noted,
        kind=DependentKind.SCENARIO,
        code=scenario.code,  # type: ignore[attr-defined]
    )
    old = Decision.objects.create(**stock.scope, code="DEC-4", title="Old?", raised_at=EARLY)
    Decision.objects.create(
        **stock.scope, code="DEC-5", title="New?", raised_at=EARLY, supersedes=old
    )
