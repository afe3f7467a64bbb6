"""Dates as people write them, and those that are none."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from governance.imports.dates import DateRefused, read_day, read_moment

BERLIN = ZoneInfo("Europe/Berlin")


class TestReadDay:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-03-31",
            "2026-03-31 00:00:00",
            "31.03.2026",
            "31.03.26",
            "31/03/2026",
            "03/31/2026",
            "31-3-2026",
            "31/003/2026",
            "31 Mar 2026",
            "31-Mar-26",
            "31. March 2026",
            "Mar 31, 2026",
            "March 31 2026",
        ],
    )
    def test_knows_the_last_of_march(self, text: str) -> None:
        assert read_day(text) == date(2026, 3, 31)

    def test_reads_both_ways_only_when_told(self) -> None:
        assert read_day("03/04/2026", "dmy") == date(2026, 4, 3)
        assert read_day("03/04/2026", "mdy") == date(2026, 3, 4)
        assert read_day("04/04/2026") == date(2026, 4, 4)

    def test_turns_the_century_at_seventy(self) -> None:
        assert (read_day("01.01.69").year, read_day("01.01.70").year) == (2069, 1970)

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("2026-02-30", "does not exist"),
            ("30 Feb 2026", "does not exist"),
            ("13/13/2026", "does not exist"),
            ("03/04/2026", "day/month or month/day"),
            ("soon", "is not a date"),
            ("2026-03-31x", "is not a date"),
            ("2026-03-311", "is not a date"),
            ("31 Foo 2026", "is not a date"),
            ("0001-01-01", "outside the years"),
            ("9999-01-01", "outside the years"),
            ("46112", "is not a date"),
        ],
    )
    def test_refuses_the_rest(self, text: str, why: str) -> None:
        with pytest.raises(DateRefused, match=why):
            read_day(text)


class TestReadMoment:
    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-05-04", datetime(2026, 5, 3, 22, 0, tzinfo=UTC)),
            ("2026-05-04 14:30", datetime(2026, 5, 4, 12, 30, tzinfo=UTC)),
            ("2026-05-04T14:30:15.25", datetime(2026, 5, 4, 12, 30, 15, tzinfo=UTC)),
            ("2026-05-04T14:30Z", datetime(2026, 5, 4, 14, 30, tzinfo=UTC)),
            ("2026-05-04 14:30-05:30", datetime(2026, 5, 4, 20, 0, tzinfo=UTC)),
            ("4 May 2026 2:30 pm", datetime(2026, 5, 4, 12, 30, tzinfo=UTC)),
            ("4 May 2026 12:05 AM", datetime(2026, 5, 3, 22, 5, tzinfo=UTC)),
        ],
    )
    def test_returns_utc(self, text: str, moment: datetime) -> None:
        assert read_moment(text, BERLIN) == moment

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("2026-05-04 25:00", "a time that does not exist"),
            ("2026-05-04 13:00 pm", "a time that does not exist"),
            ("2026-05-04 12:00+99:00", "a time that does not exist"),
            ("2026-05-04 noon", "is not a date and time"),
        ],
    )
    def test_refuses_what_is_no_time(self, text: str, why: str) -> None:
        with pytest.raises(DateRefused, match=why):
            read_moment(text, BERLIN)
