from datetime import date
from decimal import Decimal

from readiness.charts.progress import BurnPoint, WeekCount, burn_up_chart, week_chart

MONDAY = date(2026, 3, 2)
TUESDAY = date(2026, 3, 3)


class TestBurnUpChart:
    def test_is_none_with_one_day(self) -> None:
        point = BurnPoint(MONDAY, Decimal(5), Decimal(10))
        assert burn_up_chart([point], title="Scenarios passed") is None

    def test_says_measured_and_due_of_the_last_day(self) -> None:
        chart = burn_up_chart(
            [
                BurnPoint(MONDAY, Decimal(5), Decimal(10)),
                BurnPoint(TUESDAY, Decimal("7.25"), Decimal(12)),
            ],
            title="Scenarios passed",
        )
        assert chart is not None
        assert chart.words == "Scenarios passed: on 3 March 2026 7.2 % measured, 12.0 % due."
        assert chart.rows[0] == ("2 March 2026", "5.0 %", "10.0 %")

    def test_draws_no_line_of_what_nobody_measured(self) -> None:
        chart = burn_up_chart(
            [BurnPoint(MONDAY, None, Decimal(10)), BurnPoint(TUESDAY, None, Decimal(12))],
            title="Scenarios passed",
        )
        assert chart is not None
        assert len(chart.spec["layer"]) == 2
        assert chart.rows[0][1] == "nothing"


class TestWeekChart:
    def test_is_none_without_a_week(self) -> None:
        assert week_chart([], title="Training by week", noun="completions") is None

    def test_adds_the_weeks_up_in_words(self) -> None:
        chart = week_chart(
            [WeekCount(MONDAY, 1200), WeekCount(date(2026, 3, 9), 34)],
            title="Training by week",
            noun="completions",
        )
        assert chart is not None
        assert chart.words == "Training by week: 1,234 completions in 2 weeks, 34 in the last one."
        assert chart.rows == (("2 March 2026", "1,200"), ("9 March 2026", "34"))
