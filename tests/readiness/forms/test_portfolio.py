"""What narrows the portfolio down."""

from readiness.forms.portfolio import PortfolioFilter


class TestPortfolioFilter:
    def test_reads_words_and_a_verdict(self) -> None:
        form = PortfolioFilter({"q": " orion ", "verdict": "GO"})
        assert form.is_valid()
        assert (form.words, form.chosen_verdict) == ("orion", "GO")

    def test_asks_for_everything_when_a_verdict_makes_no_sense(self) -> None:
        form = PortfolioFilter({"q": "orion", "verdict": "MAYBE"})
        assert not form.is_valid()
        assert (form.words, form.chosen_verdict) == ("orion", "")

    def test_asks_for_everything_when_the_words_are_too_long(self) -> None:
        form = PortfolioFilter({"q": "x" * 101})
        assert not form.is_valid()
        assert (form.words, form.chosen_verdict) == ("", "")

    def test_asks_for_everything_before_it_was_sent(self) -> None:
        assert PortfolioFilter().words == ""
