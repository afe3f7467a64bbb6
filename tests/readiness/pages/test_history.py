"""How a project got here."""

from decimal import Decimal

from readiness.models import Finding, Snapshot
from readiness.pages.history import (
    days_of,
    figure_of,
    measured_a_week_before,
    trend_of_days,
)
from tests.factories import NOW
from tests.readiness.worlds import EARLIER, judge_now, make_world


class TestDaysOf:
    def test_keeps_the_last_judgement_of_each_day_without_its_body(self, db: None) -> None:
        world = make_world()
        judge_now(world.cast, as_of=EARLIER.replace(hour=3))
        days = days_of(world.snapshot)
        assert [day.as_of for day in days] == [EARLIER, NOW]
        assert "body" in days[0].get_deferred_fields()


class TestTrendOfDays:
    def test_draws_days_and_says_them_newest_first(self, db: None) -> None:
        trend = trend_of_days(days_of(make_world().snapshot))
        assert trend is not None
        assert trend.words in trend.drawing
        assert [row[0] for row in trend.rows] == ["1 June 2026", "24 May 2026"]

    def test_is_nothing_without_history(self) -> None:
        assert trend_of_days([]) is None


class TestMeasuredAWeekBefore:
    def test_reads_the_judgement_of_a_week_before(self, db: None) -> None:
        days = days_of(make_world().snapshot)
        kinds = {"UX-01": "SHARE", "DX-01": "SHARE"}
        assert measured_a_week_before(days, kinds)["UX-01"] == "0 %"

    def test_is_empty_for_a_young_project(self, db: None) -> None:
        days = days_of(make_world().snapshot)
        assert measured_a_week_before(days[-1:], {}) == {}
        assert measured_a_week_before([], {}) == {}


class TestFigureOf:
    def test_reads_shares_numbers_and_nothing(self) -> None:
        assert figure_of(Finding(done=1, due=4), "SHARE") == "25 %"
        assert figure_of(Finding(value=Decimal("1200.0000")), "COUNT") == "1,200"
        assert figure_of(Finding(), "COUNT") == ""


def test_a_snapshot_is_its_own_last_day(db: None) -> None:
    snapshot: Snapshot = make_world().snapshot
    assert days_of(snapshot)[-1] == snapshot
