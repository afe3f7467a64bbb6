"""The state of one finding, at every edge."""

from datetime import datetime
from decimal import Decimal

import pytest

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState
from readiness.policy.terms import BaselineTerms
from tests.readiness.policy.cases import (
    INSTANT,
    NOW,
    SECOND,
    count_criterion,
    criterion,
    share_reading,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.judging.cases import AT_RISK, MET, MISSED, YES_NO, found


class TestJudgeAShare:
    @pytest.mark.parametrize(
        ("done", "due", "state"),
        [
            (350, 350, MET),
            (349, 350, AT_RISK),
            (343, 350, AT_RISK),
            (342, 350, MISSED),
            (0, 350, MISSED),
            (1, 1, MET),
            (0, 1, MISSED),
        ],
    )
    def test_meets_warns_or_misses_at_the_edges(
        self, done: int, due: int, state: FindingState
    ) -> None:
        assert found(criterion(), share_reading(done, due)).state is state

    def test_is_insufficient_at_0_of_0(self) -> None:
        assert found(criterion(), share_reading(0, 0)).state is FindingState.INSUFFICIENT

    def test_meets_a_threshold_that_is_no_finite_decimal(self) -> None:
        terms = criterion(target=Decimal(100) / 3, warn=None)
        assert found(terms, share_reading(1, 3)).state is MET

    @pytest.mark.parametrize(("done", "state"), [(50, MET), (48, AT_RISK), (47, MISSED)])
    def test_is_judged_by_what_is_due_today(self, done: int, state: FindingState) -> None:
        terms = criterion(glide=[(56, 0), (28, 100)])
        finding = found(terms, share_reading(done, 100), days_left=42)
        assert finding.state is state
        assert (finding.due_today, finding.target) == (Decimal(50), Decimal(100))

    @pytest.mark.parametrize(("done", "state"), [(0, MET), (1, AT_RISK), (2, AT_RISK), (3, MISSED)])
    def test_may_want_less(self, done: int, state: FindingState) -> None:
        terms = criterion(comparison=Comparison.AT_MOST, target=0, warn=2)
        assert found(terms, share_reading(done, 100)).state is state


class TestJudgeACount:
    @pytest.mark.parametrize(("value", "state"), [(0, MET), (1, MISSED)])
    def test_has_no_band_unless_the_policy_has_one(self, value: int, state: FindingState) -> None:
        assert found(count_criterion(), value_reading(value)).state is state

    @pytest.mark.parametrize(
        ("value", "state"), [(4, MET), (5, AT_RISK), (9, AT_RISK), (10, MISSED)]
    )
    def test_less_than_excludes_both_edges(self, value: int, state: FindingState) -> None:
        terms = count_criterion(comparison=Comparison.LESS_THAN, target=5, warn=10)
        assert found(terms, value_reading(value)).state is state

    @pytest.mark.parametrize(("value", "state"), [("-0.1", MET), ("0", AT_RISK), ("0.1", MISSED)])
    def test_may_warn_by_another_comparison(self, value: str, state: FindingState) -> None:
        terms = count_criterion(
            kind=ReadingKind.RATIO,
            comparison=Comparison.LESS_THAN,
            target=0,
            warn=0,
            warn_comparison=Comparison.AT_MOST,
        )
        assert found(terms, value_reading(value, kind=ReadingKind.RATIO)).state is state

    def test_of_0_is_insufficient_when_nothing_was_there_to_count(self) -> None:
        empty = value_reading(0, population=0)
        assert found(count_criterion(), empty).state is FindingState.INSUFFICIENT

    @pytest.mark.parametrize(("rows", "state"), [(4, FindingState.INSUFFICIENT), (5, MET)])
    def test_needs_the_population_that_the_policy_asks_for(
        self, rows: int, state: FindingState
    ) -> None:
        terms = count_criterion(min_population=5)
        assert found(terms, value_reading(0, population=rows)).state is state

    @pytest.mark.parametrize(("value", "state"), [("0", MET), ("0.01", MISSED), ("-0.01", MISSED)])
    def test_of_money_may_have_to_be_exact(self, value: str, state: FindingState) -> None:
        terms = count_criterion(kind=ReadingKind.MONEY, comparison=Comparison.EQUAL)
        assert found(terms, value_reading(value, kind=ReadingKind.MONEY)).state is state

    def test_without_a_value_is_insufficient(self) -> None:
        nothing = Reading("def.open_s1s2", ReadingKind.DAYS, NOW, population=3)
        assert found(count_criterion(), nothing).state is FindingState.INSUFFICIENT


class TestJudgeAYes:
    @pytest.mark.parametrize(
        ("value", "days_left", "state"),
        [(1, 0, MET), (0, 0, MISSED), (0, 28, MISSED), (0, 29, AT_RISK), (1, 29, MET)],
    )
    def test_is_asked_for_from_its_due_day_on(
        self, value: int, days_left: int, state: FindingState
    ) -> None:
        reading = value_reading(value, "uat.closure_signed", YES_NO)
        assert found(yes_criterion(), reading, days_left).state is state

    def test_is_not_green_before_its_day_without_a_yes(self) -> None:
        reading = value_reading(0, "uat.closure_signed", YES_NO)
        finding = found(yes_criterion(), reading, days_left=300)
        assert finding.state is AT_RISK
        assert finding.due_today is None


class TestJudgeWhatNobodySaid:
    def test_is_not_reported_without_a_reading(self) -> None:
        finding = found(criterion(), None)
        assert finding.state is FindingState.NOT_REPORTED

    def test_is_not_reported_even_before_it_is_due(self) -> None:
        assert found(yes_criterion(), None, days_left=300).state is FindingState.NOT_REPORTED

    def test_is_not_reported_without_its_baseline(self) -> None:
        terms = criterion(baseline=BaselineTerms("inv.baseline_pct", is_factor=False))
        finding = found(terms, share_reading(99, 100))
        assert finding.state is FindingState.NOT_REPORTED
        assert finding.target is None

    @pytest.mark.parametrize(
        ("expires_at", "state"),
        [
            (NOW + SECOND, MET),
            (NOW, MET),
            (NOW - INSTANT, FindingState.STALE),
            (NOW - SECOND, FindingState.STALE),
        ],
    )
    def test_is_stale_from_the_instant_after_its_expiry(
        self, expires_at: datetime, state: FindingState
    ) -> None:
        reading = share_reading(10, 10, expires_at=expires_at)
        assert found(criterion(), reading).state is state

    def test_is_stale_before_it_is_insufficient(self) -> None:
        reading = share_reading(0, 0, expires_at=NOW - SECOND)
        assert found(criterion(), reading).state is FindingState.STALE
