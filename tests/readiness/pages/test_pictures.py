"""A chart as pages and papers show it."""

from datetime import date

from django.template.loader import render_to_string

from readiness.charts.looks import Chart
from readiness.charts.progress import WeekCount, week_chart
from readiness.pages.pictures import picture_of

WEEKS = [WeekCount(date(2026, 3, 2), 7), WeekCount(date(2026, 3, 9), 9)]


def weeks() -> Chart | None:
    return week_chart(WEEKS, title="Training by week", noun="completions")


class TestPictureOf:
    def test_is_nothing_without_a_chart(self) -> None:
        assert picture_of(None) is None

    def test_carries_drawing_words_and_table(self) -> None:
        picture = picture_of(weeks())
        assert picture is not None
        assert picture.words in picture.drawing
        assert picture.rows == (("2 March 2026", "7"), ("9 March 2026", "9"))

    def test_turns_the_table_where_the_newest_is_read_first(self) -> None:
        picture = picture_of(weeks(), newest_first=True)
        assert picture is not None
        assert [row[1] for row in picture.rows] == ["9", "7"]


class TestChartPart:
    def test_shows_the_drawing_with_its_table(self) -> None:
        page = render_to_string("_parts/chart.html", {"picture": picture_of(weeks())})
        assert "<desc>Training by week: 16 completions in 2 weeks, 9 in the last one." in page
        assert "<td" in page

    def test_shows_nothing_without_a_picture(self) -> None:
        assert "figure" not in render_to_string("_parts/chart.html", {"picture": None})
