from datetime import date
from decimal import Decimal

from django.utils.translation import override

from readiness.charts.looks import (
    amounts_axis,
    day_words,
    days_axis,
    number_words,
    percent_words,
    short_day_words,
    spec_of,
)

DAY = date(2026, 5, 3)


class TestWords:
    def test_are_written_as_people_write_them(self) -> None:
        assert (day_words(DAY), short_day_words(DAY)) == ("3 May 2026", "3 May")
        assert number_words(1200) == "1,200"
        assert percent_words(Decimal("7.25")) == "7.2 %"
        assert percent_words(None) == "nothing"

    def test_follow_the_readers_language(self) -> None:
        with override("de"):
            assert "Mai 2026" in day_words(DAY)
            assert number_words(1200) == "1.200"
            assert percent_words(Decimal(7)).startswith("7,0")


class TestAxes:
    def test_read_days_in_utc(self) -> None:
        encoding = days_axis(date(2026, 3, 2), date(2026, 3, 9), shown=False)
        assert encoding["scale"]["type"] == "utc"
        assert encoding["axis"] is None

    def test_start_amounts_at_zero(self) -> None:
        assert amounts_axis("Criteria")["scale"]["zero"] is True
        assert amounts_axis("Percent", domain=[0, 100])["scale"] == {"domain": [0, 100]}


class TestSpecOf:
    def test_keeps_the_readers_colour_scheme(self) -> None:
        assert spec_of({})["config"]["text"]["fill"] == "currentColor"
