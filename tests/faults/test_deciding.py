"""On PostgreSQL, two at once: one decision, one successor, and never a loop."""

from collections.abc import Callable
from typing import Any

import pytest

from governance.models import Decision, DecisionOutcome, Dependency, RecordEntry
from governance.services.decisions import DecisionRefused
from governance.services.dependencies import Dependents
from tests.faults.test_concurrency import MANY, all_at_once
from tests.governance.services.decisions.cases import decided, noted, raised
from tests.people import Cast, make_cast

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


def taken(act: Callable[[int], Any]) -> Callable[[int], bool]:
    """Say of an act whether it was done; a refusal is no error."""

    def tried(number: int) -> bool:
        try:
            act(number)
        except DecisionRefused:
            return False
        return True

    return tried


class TestDecide:
    def test_happens_once_however_many_decide_at_once(self, cast: Cast) -> None:
        decision = raised(cast)
        answers = all_at_once(
            taken(lambda number: decided(decision, by=cast.sponsor, outcome=f"Way {number}"))
        )
        assert sum(answers) == 1
        assert DecisionOutcome.objects.filter(decision=decision).count() == 1
        assert RecordEntry.objects.filter(kind="DECIDED").count() == 1


class TestReplace:
    def test_leaves_one_successor_however_many_replace_at_once(self, cast: Cast) -> None:
        decision = raised(cast)
        assert sum(all_at_once(taken(lambda _: raised(cast, supersedes=decision)))) == 1
        assert Decision.objects.filter(supersedes=decision).count() == 1

    def test_is_either_that_or_a_decision(self, cast: Cast) -> None:
        decision = raised(cast)

        def either(number: int) -> object:
            if number % 2:
                return raised(cast, supersedes=decision)
            return decided(decision, by=cast.sponsor)

        answers = all_at_once(taken(either))
        outcomes = DecisionOutcome.objects.filter(decision=decision).count()
        successors = Decision.objects.filter(supersedes=decision).count()
        assert sum(answers) == outcomes + successors
        assert outcomes <= 1
        assert successors == 1 or outcomes == 1


class TestLoops:
    def test_are_not_closed_by_many_who_each_add_an_edge(self, cast: Cast) -> None:
        ring = [raised(cast) for _ in range(MANY)]

        def add(number: int) -> object:
            after = ring[(number + 1) % MANY]
            return noted(ring[number], by=cast.sponsor, decisions=[after])

        assert sum(all_at_once(taken(add))) == MANY - 1
        assert Dependency.objects.count() == MANY - 1

    def test_are_not_closed_from_both_sides(self, cast: Cast) -> None:
        one, other = raised(cast), raised(cast)

        def add(number: int) -> object:
            first, second = (one, other) if number % 2 else (other, one)
            return noted(first, by=cast.sponsor, decisions=[second])

        all_at_once(taken(add))
        assert Dependency.objects.count() == 1

    def test_are_not_closed_while_decisions_are_raised(self, cast: Cast) -> None:
        first = raised(cast)

        def add(_: int) -> object:
            return raised(cast, dependents=Dependents(after=[first]))

        assert sum(all_at_once(taken(add))) == MANY
        assert Decision.objects.values("code").distinct().count() == MANY + 1
