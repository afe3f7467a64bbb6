"""What waits for a decision, and that nothing ever waits for itself."""

from datetime import timedelta

import pytest

from governance.models import Decision, Dependency, Notice
from governance.services.decisions import DecisionRefused
from governance.services.dependencies import Dependents
from governance.services.dependents import codes_in, sort_codes
from readiness.services.policies import adopt_policy
from tests.factories import NOW, make_scenario
from tests.governance.services.decisions.cases import decided, noted, raised
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    """Return everybody, and two scenarios."""
    found = make_cast()
    adopt_policy(project=found.project)
    for code in ("S-1", "S-2"):
        make_scenario(project=found.project, code=code)
    make_scenario(project=found.other_project, code="S-9")
    return found


class TestNoteDependents:
    def test_writes_each_once(self, cast: Cast) -> None:
        first, second = raised(cast), raised(cast)
        what = {"scenarios": ["S-1", "S-2"], "criteria": ["UX-01"], "decisions": [second]}
        assert noted(first, by=cast.consultant, **what) == 4
        assert noted(first, by=cast.consultant, **what) == 0
        assert Dependency.objects.count() == 4

    @pytest.mark.parametrize(
        "what", [{"scenarios": ["S-1", "S-9"]}, {"criteria": ["UX-01", "XX-99"]}]
    )
    def test_refuses_codes_that_the_project_does_not_know(
        self, cast: Cast, what: dict[str, list[str]]
    ) -> None:
        with pytest.raises(DecisionRefused, match=r"knows no (S-9|XX-99)\."):
            noted(raised(cast), by=cast.sponsor, **what)
        assert not Dependency.objects.exists()

    def test_refuses_decisions_of_another_project(self, cast: Cast) -> None:
        foreign = Decision.objects.create(
            organisation=cast.other_client, project=cast.other_project, code="D-1", raised_at=NOW
        )
        with pytest.raises(DecisionRefused, match="of this project"):
            noted(raised(cast), by=cast.sponsor, decisions=[foreign])

    def test_refuses_what_is_decided(self, cast: Cast) -> None:
        first, second = raised(cast), raised(cast)
        decided(second, by=cast.sponsor)
        for decision, other in ((first, second), (second, first)):
            with pytest.raises(DecisionRefused, match="D-002 is decided already"):
                noted(decision, by=cast.sponsor, decisions=[other])


class TestLoops:
    def test_are_refused_and_named(self, cast: Cast) -> None:
        first, second, third = (raised(cast) for _ in range(3))
        noted(first, by=cast.sponsor, decisions=[second])
        noted(second, by=cast.sponsor, decisions=[third])
        with pytest.raises(DecisionRefused, match="D-003 → D-001 → D-002 → D-003"):
            noted(third, by=cast.sponsor, decisions=[first])
        assert Dependency.objects.count() == 2

    def test_are_refused_the_other_way_round(self, cast: Cast) -> None:
        first, second = raised(cast), raised(cast)
        noted(first, by=cast.sponsor, decisions=[second])
        with pytest.raises(DecisionRefused, match="a loop"):
            noted(first, by=cast.sponsor, after=[second])

    def test_are_refused_as_a_decision_is_raised(self, cast: Cast) -> None:
        first = raised(cast)
        with pytest.raises(DecisionRefused, match="a loop"):
            raised(cast, dependents=Dependents(decisions=[first], after=[first]))
        assert Decision.objects.count() == 1

    def test_of_one_are_refused(self, cast: Cast) -> None:
        decision = raised(cast)
        with pytest.raises(DecisionRefused, match="wait for itself"):
            noted(decision, by=cast.sponsor, decisions=[decision])

    def test_are_not_seen_where_two_ways_meet(self, cast: Cast) -> None:
        first, left, right, last = (raised(cast) for _ in range(4))
        noted(first, by=cast.sponsor, decisions=[left, right])
        assert noted(last, by=cast.sponsor, after=[left, right]) == 2


class TestWaiting:
    def test_keeps_a_decision_from_being_taken_too_early(self, cast: Cast) -> None:
        first = raised(cast)
        second = raised(cast, decider=cast.process_owner, dependents=Dependents(after=[first]))
        with pytest.raises(DecisionRefused, match="waits for D-001"):
            decided(second, by=cast.process_owner)
        assert not Notice.objects.filter(account=cast.process_owner).exists()
        decided(first, by=cast.sponsor)
        told = Notice.objects.get(account=cast.process_owner)
        assert told.title == "D-002 Which?"
        decided(second, by=cast.process_owner, at=NOW + timedelta(hours=1))


class TestSortCodes:
    def test_tells_what_each_is(self, cast: Cast) -> None:
        decision = raised(cast)
        found = sort_codes(cast.project, codes=codes_in("S-2, D-001;UX-01\nS-1 S-9 S-1"))
        assert found.scenarios == ("S-1", "S-2")
        assert found.criteria == ("UX-01",)
        assert found.decisions == (decision,)
        assert found.unknown == ("S-9",)
