from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from reports.rendering.wording import day_words, local_words, short_day_words, utc_words

MOMENT = datetime(2026, 5, 28, 22, 12, 44, tzinfo=UTC)


class TestDays:
    def test_are_written_with_their_year(self) -> None:
        assert day_words(date(2026, 5, 3)) == "3 May 2026"
        assert short_day_words(date(2026, 9, 13)) == "13 Sep 2026"


class TestMoments:
    def test_are_told_in_utc_and_on_the_projects_own_clock(self) -> None:
        assert utc_words(MOMENT) == "2026-05-28 22:12:44 UTC"
        assert local_words(MOMENT, zone=ZoneInfo("Europe/Berlin")) == "29 May 2026, 00:12 CEST"
