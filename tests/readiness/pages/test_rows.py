"""Rows that pages share."""

from readiness.choices import Verdict
from readiness.pages.rows import trend_of


class TestTrendOf:
    def test_draws_a_higher_bar_for_a_better_verdict(self) -> None:
        heights = [bar.height for bar in trend_of(["NOT_OPEN", "NO_GO", "CONDITIONAL", "GO"]).bars]
        assert heights == sorted(heights)

    def test_stands_every_bar_on_the_same_ground(self) -> None:
        assert {bar.y + bar.height for bar in trend_of(Verdict.values).bars} == {24}

    def test_says_in_words_what_it_shows(self) -> None:
        trend = trend_of(["NO_GO", "NO_GO", "CONDITIONAL"])
        assert trend.words == "3 weeks: conditional 1, no-go 2; now conditional"

    def test_has_no_bars_without_history(self) -> None:
        assert trend_of([]).bars == ()
