"""What is due on a day: glide paths at both ends, between and beyond."""

from decimal import Decimal

import pytest

from governance.readings import ReadingKind
from readiness.choices import Comparison
from readiness.policy.demands import against_baseline, demand_on, demands_of, expected
from readiness.policy.terms import BaselineTerms
from tests.readiness.policy.cases import (
    count_criterion,
    criterion,
    gate,
    share_reading,
    table,
    yes_criterion,
)

RISING = criterion(target=98, warn=95, due_days=28, glide=[(56, 0), (42, 50), (28, 98)])


class TestDemandOn:
    @pytest.mark.parametrize(
        ("days_left", "due"),
        [
            (90, "0"),
            (57, "0"),
            (56, "0"),
            (55, "3.57"),
            (49, "25"),
            (43, "46.42"),
            (42, "50"),
            (41, "53.42"),
            (35, "74"),
            (29, "94.57"),
            (28, "98"),
            (27, "98"),
            (0, "98"),
            (-1, "98"),
            (-400, "98"),
        ],
    )
    def test_follows_the_glide_path(self, days_left: int, due: str) -> None:
        demand = demand_on(RISING, days_left)
        assert demand.threshold == Decimal(due)
        assert demand.target == Decimal(98)
        assert demand.is_due

    @pytest.mark.parametrize(("days_left", "edge"), [(28, "95"), (42, "47"), (56, "-3")])
    def test_keeps_the_width_of_the_warning_band(self, days_left: int, edge: str) -> None:
        assert demand_on(RISING, days_left).warn == Decimal(edge)

    def test_has_no_band_where_the_policy_has_none(self) -> None:
        demand = demand_on(criterion(warn=None, glide=[(56, 0), (28, 100)]), 42)
        assert demand.warn is None

    def test_moves_the_band_the_other_way_where_less_is_better(self) -> None:
        falling = criterion(
            comparison=Comparison.AT_MOST, target=5, warn=8, glide=[(56, 10), (28, 5)]
        )
        demand = demand_on(falling, 42)
        assert (demand.threshold, demand.warn) == (Decimal("7.5"), Decimal("10.5"))

    @pytest.mark.parametrize(("days_left", "is_due"), [(29, False), (28, True), (27, True)])
    def test_asks_for_nothing_before_the_due_day_without_a_path(
        self, days_left: int, is_due: bool
    ) -> None:
        assert demand_on(yes_criterion(due_days=28), days_left).is_due is is_due


class TestExpected:
    def test_rounds_a_percentage_in_the_projects_favour(self) -> None:
        third = criterion(glide=[(3, 0), (0, 100)], due_days=0)
        assert expected(third, 2) == Decimal("33.33")
        falling = criterion(
            comparison=Comparison.AT_MOST, target=0, warn=None, glide=[(3, 100), (0, 0)], due_days=0
        )
        assert expected(falling, 2) == Decimal("66.67")

    def test_rounds_a_count_to_whole_rows_in_the_projects_favour(self) -> None:
        rising = count_criterion(
            comparison=Comparison.AT_LEAST, target=3, glide=[(28, 1), (14, 3)], due_days=14
        )
        assert expected(rising, 22) == 1
        falling = count_criterion(glide=[(28, 10), (14, 0)], due_days=14)
        assert expected(falling, 27) == 10

    def test_stays_at_the_target_beyond_the_path(self) -> None:
        assert expected(RISING, -3) == 98


class TestDemandsOf:
    def test_leaves_out_what_the_meeting_checks(self) -> None:
        kept, left = criterion(), yes_criterion(in_meeting=True)
        assert [each.key for each, _ in demands_of(gate("G6", kept, left), 10)] == [kept.key]

    def test_remembers_a_gate_and_day(self) -> None:
        one = gate("G6", criterion())
        assert demands_of(one, 10) is demands_of(one, 10)
        assert demands_of(one, 10) is not demands_of(one, 40)


class TestAgainstBaseline:
    def test_adds_an_offset(self) -> None:
        against = criterion(
            target="-0.5", warn=-2, baseline=BaselineTerms("inv.baseline_pct", is_factor=False)
        )
        baseline = table(share_reading(97, 100, "inv.baseline_pct"))
        demand = against_baseline(against, demand_on(against, 0), baseline)
        assert demand is not None
        assert (demand.threshold, demand.warn) == (Decimal("96.5"), Decimal(95))

    def test_multiplies_by_a_factor(self) -> None:
        against = criterion(
            comparison=Comparison.AT_MOST,
            kind=ReadingKind.SHARE,
            target="1.1",
            warn=None,
            baseline=BaselineTerms("cust.baseline_pct", is_factor=True),
        )
        baseline = table(share_reading(2, 100, "cust.baseline_pct"))
        demand = against_baseline(against, demand_on(against, 0), baseline)
        assert demand is not None
        assert (demand.threshold, demand.warn) == (Decimal("2.2"), None)

    def test_has_no_band_before_the_due_day(self) -> None:
        against = criterion(
            target=0, warn=-2, due_days=0, baseline=BaselineTerms("b.pct", is_factor=False)
        )
        readings = table(share_reading(97, 100, "b.pct"))
        demand = against_baseline(against, demand_on(against, 5), readings)
        assert demand is not None
        assert demand.warn is None
        assert not demand.is_due

    @pytest.mark.parametrize("readings", [{}, table(share_reading(0, 0, "b.pct"))])
    def test_is_unknown_without_a_baseline(self, readings: dict[str, object]) -> None:
        against = criterion(target=0, baseline=BaselineTerms("b.pct", is_factor=False))
        assert against_baseline(against, demand_on(against, 0), readings) is None  # type: ignore[arg-type]

    def test_leaves_a_criterion_without_baseline_alone(self) -> None:
        demand = demand_on(criterion(), 0)
        assert against_baseline(criterion(), demand, {}) is demand
