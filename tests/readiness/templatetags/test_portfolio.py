"""Rows of the portfolio, stored as text."""

from dataclasses import replace

from django.template import Context, Template
from django.utils.translation import override

from readiness.pages.portfolio import PortfolioRow
from readiness.pages.style import style_page

TEMPLATE = "{% load portfolio %}{% portfolio_row row %}"


def shown(row: PortfolioRow) -> str:
    """Return a row as a page shows it."""
    return Template(TEMPLATE).render(Context({"row": row}))


class TestPortfolioRow:
    def test_shows_a_row_and_shows_it_again(self) -> None:
        (row,) = style_page().upgrades
        assert shown(row) == shown(row)
        assert row.name in shown(row)
        assert "Being judged again" in shown(row)

    def test_shows_a_row_that_says_something_else_as_it_is(self) -> None:
        (row,) = style_page().upgrades
        assert "Being judged again" not in shown(replace(row, being_judged=False))

    def test_shows_a_row_in_the_readers_language(self) -> None:
        (row,) = style_page().upgrades
        english = shown(row)
        with override("de"):
            assert "Being judged again" not in shown(row)
        assert shown(row) == english

    def test_escapes_what_people_named(self) -> None:
        (row,) = style_page().upgrades
        assert "<b>" not in shown(replace(row, name="<b>Orion</b>"))
