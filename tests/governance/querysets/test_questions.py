"""Questions are told apart by whether they wait, for whom, and for how long."""

from datetime import timedelta

import pytest

from governance.models import Assumption, Decision, DecisionOutcome
from tests.factories import NOW, make_process
from tests.governance.views.decisions.cases import assumption_of, decision_of
from tests.people import Cast, make_cast

TODAY = NOW.date()
EARLIER = TODAY - timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return two clients and a partner."""
    return make_cast()


def codes(rows: object) -> list[str]:
    """Return the codes of questions, in their order."""
    return [row.code for row in rows]  # type: ignore[attr-defined]


class TestQuestions:
    def test_wait_until_somebody_answers_them(self, cast: Cast) -> None:
        decided = decision_of(cast)
        decision_of(cast)
        for days in (1, 2):
            DecisionOutcome.objects.create(
                organisation=cast.client,
                project=cast.project,
                decision=decided,
                outcome="Oslo",
                decided_by=cast.sponsor,
                decided_affiliation="CLIENT",
                decided_at=NOW - timedelta(days=days),
            )
        assert codes(Decision.objects.waiting()) == ["D-2"]
        assert codes(Decision.objects.answered()) == ["D-1"]

    def test_are_counted_with_the_oldest_and_those_whose_date_has_passed(self, cast: Cast) -> None:
        oldest = NOW - timedelta(days=30)
        decision_of(cast, due_date=EARLIER)
        decision_of(cast, due_date=TODAY, raised_at=oldest)
        decision_of(cast)
        assert Decision.objects.waiting().tally(day=TODAY) == (3, oldest, 1)
        assert Assumption.objects.waiting().tally(day=TODAY) == (0, None, 0)

    def test_stand_in_the_order_in_which_they_press(self, cast: Cast) -> None:
        decision_of(cast, raised_at=NOW - timedelta(days=1))
        decision_of(cast, raised_at=NOW - timedelta(days=2))
        decision_of(cast, due_date=TODAY)
        assert codes(Decision.objects.most_pressing_first()) == ["D-3", "D-2", "D-1"]
        assert codes(Decision.objects.newest_first())[0] == "D-1"


class TestWhomTheyWaitFor:
    def test_is_the_named_decider_else_an_executive(self, cast: Cast) -> None:
        decision_of(cast, decider=cast.sponsor)
        decision_of(cast)
        of = Decision.objects.for_decider
        assert codes(of(cast.sponsor, is_executive=False)) == ["D-1"]
        assert codes(of(cast.sponsor, is_executive=True).order_by("code")) == ["D-1", "D-2"]

    def test_is_the_owner_of_what_rests_on_an_assumption(self, cast: Cast) -> None:
        owned = [
            make_process(project=cast.project, code=code, owner=cast.process_owner)
            for code in ("10", "20")
        ]
        assumption_of(cast).blocked_processes.set(owned)
        assumption_of(cast)
        assert codes(Assumption.objects.for_owner(cast.process_owner)) == ["A-1"]
        assert codes(Assumption.objects.for_owner(cast.sponsor)) == []
