from datetime import date

from readiness.charts.looks import amounts_axis, counted, days_axis, spec_of


class TestCounted:
    def test_picks_the_noun_by_the_number(self) -> None:
        assert counted(1, "risk", "risks") == "1 risk"
        assert counted(1200, "risk", "risks") == "1,200 risks"


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
