"""A number is grouped as the page's language groups it."""

from django.utils import translation

from governance.pages.amounts import amount_text


class TestAmountText:
    def test_sets_thousands_apart(self) -> None:
        assert [amount_text(number) for number in (0, 999, 1234567)] == ["0", "999", "1,234,567"]

    def test_follows_the_language(self) -> None:
        with translation.override("de"):
            assert amount_text(1234) == "1.234"
