"""Rows of the portfolio as stored fragments: a row that says the same is the same text."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from readiness.pages.layout import edition
from readiness.pages.portfolio import PortfolioRow

ROWS = 4000
register = template.Library()


@register.simple_tag
def portfolio_row(row: PortfolioRow) -> SafeString:
    """Return one upgrade as a row of the table."""
    return _row_in(get_language() or "", row, edition())


@lru_cache(maxsize=ROWS)
def _row_in(language: str, row: PortfolioRow, layout: str) -> SafeString:
    """Return the row as it reads in a language and a layout; all three name the text."""
    return render_to_string("_parts/portfolio_row.html", {"row": row})
