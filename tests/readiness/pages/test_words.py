"""Dates and spans as people write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from readiness.pages.words import (
    ago_text,
    countdown_text,
    date_text,
    day_text,
    moment_text,
    number_text,
    percent_text,
    t_minus_text,
)

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


class TestDayText:
    def test_names_the_weekday(self) -> None:
        assert day_text(date(2027, 1, 4)) == "Mon 4 Jan 2027"

    def test_is_written_as_germans_write_it(self) -> None:
        with override("de"):
            assert day_text(date(2027, 1, 4)) == "Mo, 04.01.2027"


class TestMomentText:
    def test_reads_the_clock_of_the_zone(self) -> None:
        assert moment_text(NOW, zone=ZoneInfo("America/Chicago")) == "1 Jun 2026, 04:00"
        with override("de"):
            assert moment_text(NOW, zone=ZoneInfo("Europe/Berlin")) == "01.06.2026, 11:00"


class TestDateText:
    def test_reads_the_calendar_of_the_zone(self) -> None:
        midnight = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
        assert date_text(midnight, zone=ZoneInfo("America/Chicago")) == "31 May 2026"


class TestAgoText:
    @pytest.mark.parametrize(
        ("gone", "words"),
        [
            (timedelta(seconds=119), "just now"),
            (timedelta(minutes=2), "2 min ago"),
            (timedelta(minutes=59), "59 min ago"),
            (timedelta(hours=1), "1 h ago"),
            (timedelta(hours=47), "47 h ago"),
            (timedelta(hours=48), "2 days ago"),
        ],
    )
    def test_uses_the_unit_that_fits(self, gone: timedelta, words: str) -> None:
        assert ago_text(NOW - gone, now=NOW) == words


class TestCountdownText:
    @pytest.mark.parametrize(
        ("days", "words"),
        [
            (1200, "in 1,200 days"),
            (42, "in 42 days"),
            (1, "tomorrow"),
            (0, "today"),
            (-1, "yesterday"),
            (-3, "3 days ago"),
        ],
    )
    def test_says_how_far_the_day_is(self, days: int, words: str) -> None:
        assert countdown_text(days) == words


class TestTMinusText:
    @pytest.mark.parametrize(("days", "words"), [(42, "T-42"), (0, "T-0"), (-3, "T+3")])
    def test_counts_to_go_live_and_past_it(self, days: int, words: str) -> None:
        assert t_minus_text(days) == words


class TestNumberText:
    @pytest.mark.parametrize(
        ("number", "english", "german"),
        [
            (7, "7", "7"),
            (1234567, "1,234,567", "1.234.567"),
            (Decimal("-4.50"), "-4.5", "-4,5"),
            (Decimal("0.126"), "0.13", "0,13"),
        ],
    )
    def test_is_grouped_and_pointed_by_language(
        self, number: Decimal | int, english: str, german: str
    ) -> None:
        assert number_text(number) == english
        with override("de"):
            assert number_text(number) == german


class TestPercentText:
    @pytest.mark.parametrize(
        ("done", "due", "english", "german"),
        [
            (349, 350, "99.7 %", "99,7 %"),
            (350, 350, "100 %", "100 %"),
            (0, 3, "0 %", "0 %"),
            (1, 8, "12.5 %", "12,5 %"),
        ],
    )
    def test_is_never_rounded_up(self, done: int, due: int, english: str, german: str) -> None:
        assert percent_text(done, due) == english
        with override("de"):
            assert percent_text(done, due) == german
