"""The counterfactual: exactly so much more makes it MET, and one less does not."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState
from readiness.policy.judging import judge
from readiness.policy.needs import need_of
from readiness.policy.outcomes import Finding
from readiness.policy.terms import CriterionTerms
from tests.readiness.policy.cases import (
    NOW,
    acceptance,
    count_criterion,
    criterion,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)

LESS, MOST, LEAST = Comparison.LESS_THAN, Comparison.AT_MOST, Comparison.AT_LEAST


def found(terms: CriterionTerms, reading: Reading, days_left: int = 0) -> Finding:
    """Return the one finding of one criterion."""
    readings = table(reading)
    (finding,) = judge([terms], readings, [], as_of=NOW, days_left=days_left).findings
    return finding


class TestNeedOf:
    @pytest.mark.parametrize(
        ("terms", "reading", "need"),
        [
            (criterion(target=98), share_reading(309, 350), 34),
            (criterion(), share_reading(0, 3), 3),
            (criterion(comparison=MOST, target=5, warn=None), share_reading(9, 100), 4),
            (criterion(comparison=MOST, target=0, warn=None), share_reading(9, 100), 9),
            (criterion(comparison=LESS, target=5, warn=None), share_reading(9, 100), 5),
            (criterion(comparison=LESS, target="0.1", warn=None), share_reading(9, 100), 9),
            (count_criterion(), value_reading(3), 3),
            (count_criterion(comparison=LESS, target=5), value_reading(7), 3),
            (count_criterion(comparison=LEAST, target=3), value_reading(1), 2),
            (count_criterion(comparison=Comparison.EQUAL, target=3), value_reading(1), 2),
            (yes_criterion(), value_reading(0, "uat.closure_signed", ReadingKind.YES_NO), 1),
            (
                count_criterion(kind=ReadingKind.DAYS, target=5),
                value_reading("7.5", kind=ReadingKind.DAYS),
                Decimal("2.5"),
            ),
        ],
    )
    def test_says_how_much_more(
        self, terms: CriterionTerms, reading: Reading, need: Decimal
    ) -> None:
        assert need_of(found(terms, reading)) == need

    def test_measures_by_what_is_due_today(self) -> None:
        terms = criterion(glide=[(56, 0), (28, 100)])
        assert need_of(found(terms, share_reading(10, 100), days_left=42)) == 40

    def test_measures_by_the_target_while_nothing_is_due(self) -> None:
        assert need_of(found(count_criterion(), value_reading(2), days_left=60)) == 2

    def test_looks_beneath_an_acceptance(self) -> None:
        readings = table(share_reading(1, 10))
        (finding,) = judge([criterion()], readings, [acceptance()], as_of=NOW).findings
        assert need_of(finding) == 9

    @pytest.mark.parametrize(
        "reading", [share_reading(10, 10), share_reading(0, 0), value_reading(1, "other")]
    )
    def test_is_nothing_where_no_number_helps(self, reading: Reading) -> None:
        assert need_of(found(criterion(), reading)) is None

    @given(
        st.integers(0, 60),
        st.integers(1, 60),
        st.decimals(0, 100, places=2),
        st.sampled_from([LEAST, MOST, LESS]),
    )
    def test_is_the_smallest_change_that_helps(
        self, done: int, due: int, target: Decimal, comparison: Comparison
    ) -> None:
        terms = criterion(target=target, warn=None, comparison=comparison)
        need = need_of(found(terms, share_reading(done := min(done, due), due)))
        if need is None or (comparison is LESS and target == 0):
            return
        step = int(need) if comparison is LEAST else -int(need)
        assert found(terms, share_reading(done + step, due)).state is FindingState.MET
        short = done + step - (1 if comparison is LEAST else -1)
        assert found(terms, share_reading(short, due)).state is FindingState.MISSED
