from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import override

from reports.rendering.wording import (
    day_words,
    kept_apart,
    local_words,
    short_day_words,
    utc_words,
    verdict_word,
)

MOMENT = datetime(2026, 5, 28, 22, 12, 44, tzinfo=UTC)


class TestDays:
    def test_are_written_with_their_year(self) -> None:
        assert day_words(date(2026, 5, 3)) == "3 May 2026"
        assert short_day_words(date(2026, 9, 13)) == "13 Sep 2026"

    def test_are_written_as_the_reader_does(self) -> None:
        with override("de"):
            assert day_words(date(2026, 5, 3)) == "3. Mai 2026"
            assert short_day_words(date(2026, 9, 13)) == "13.09.2026"


class TestKeptApart:
    def test_marks_the_end_of_what_is_read_from_right_to_left(self) -> None:
        assert kept_apart("Ada Brandt") == "Ada Brandt"
        assert kept_apart("שלום") == "שלום\u200e"


class TestVerdictWord:
    def test_is_called_out(self) -> None:
        assert verdict_word("NO_GO") == "NO-GO"


class TestMoments:
    def test_are_told_in_utc_and_on_the_projects_own_clock(self) -> None:
        assert utc_words(MOMENT) == "2026-05-28 22:12:44 UTC"
        assert local_words(MOMENT, zone=ZoneInfo("Europe/Berlin")) == "29 May 2026, 00:12 CEST"
