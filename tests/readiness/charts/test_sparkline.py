from datetime import date, timedelta
from decimal import Decimal

from readiness.charts.progress import BurnPoint
from readiness.charts.sparkline import HEIGHT, WIDTH, sparkline_of

START = date(2026, 3, 2)


def points_of(*amounts: tuple[int | None, int | None]) -> list[BurnPoint]:
    return [
        BurnPoint(
            START + timedelta(days=number),
            None if measured is None else Decimal(measured),
            None if due is None else Decimal(due),
        )
        for number, (measured, due) in enumerate(amounts)
    ]


class TestSparklineOf:
    def test_is_none_until_two_days_were_measured(self) -> None:
        assert sparkline_of([]) is None
        assert sparkline_of(points_of((10, 20))) is None
        assert sparkline_of(points_of((10, 20), (None, 30))) is None

    def test_draws_both_lines_inside_its_frame(self) -> None:
        line = sparkline_of(points_of((0, 0), (None, 50), (100, 100)))
        assert line is not None
        assert line.measured == "2.0,22.0 94.0,2.0"
        assert line.due == "2.0,22.0 48.0,12.0 94.0,2.0"
        assert line.end == ("94.0", "2.0")
        for place in line.due.split():
            x, y = (float(number) for number in place.split(","))
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT

    def test_says_what_it_draws(self) -> None:
        line = sparkline_of(points_of((10, 20), (30, 40)))
        assert line is not None
        assert line.words == "10.0 % on 2 March 2026, 30.0 % now; 40.0 % due."

    def test_is_silent_about_a_path_that_nobody_set(self) -> None:
        line = sparkline_of(points_of((10, None), (30, None)))
        assert line is not None
        assert (line.due, line.words) == ("", "10.0 % on 2 March 2026, 30.0 % now.")

    def test_takes_amounts_that_are_not_shares_with_words_of_their_own(self) -> None:
        line = sparkline_of(points_of((4, 2), (2, 0)), words="4 defects, now 2; none due.")
        assert line is not None
        assert line.words == "4 defects, now 2; none due."
        assert line.measured == "2.0,2.0 94.0,12.0"

    def test_keeps_an_amount_below_nothing_inside_its_frame(self) -> None:
        line = sparkline_of(points_of((-4, 0), (2, 0)), words="2 days left.")
        assert line is not None
        assert line.measured == "2.0,22.0 94.0,2.0"
