"""What every chart has in common: its shape, its colours and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

Spec = dict[str, Any]
Row = Mapping[str, object]

WIDTH = 640
"""Pixels of the plotting area; the page scales the whole drawing to its column."""

INK = "currentColor"
BAD = "#c8372d"
ACCEPTED = "#7f56cf"
MEASURED = "#2176c7"
QUIET = "#7a828e"
FONT = "DejaVu Sans"

CONFIG: Spec = {
    "aria": False,
    "font": FONT,
    "background": None,
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "domainColor": QUIET,
        "tickColor": QUIET,
        "gridColor": QUIET,
        "gridOpacity": 0.25,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
    },
    "text": {"fontSize": 11, "fill": INK},
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11},
}


@dataclass(frozen=True, slots=True)
class Chart:
    """Hold one chart: its drawing, its sentence for those who cannot see it, its table.

    `words` is the alternative text; `columns` and `rows` are the table beside the drawing.
    """

    title: str
    words: str
    spec: Spec
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def spec_of(body: Spec) -> Spec:
    """Return a complete specification from its body."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": 4,
        "config": CONFIG,
        **body,
    }


def rows_of(values: Sequence[Row]) -> Spec:
    """Return values as the only source of data a chart may have: inside its specification."""
    return {"values": [dict(value) for value in values]}


def days_axis(first: date, last: date, *, shown: bool = True) -> Spec:
    """Return the encoding of `day` between two days; days are read and shown in UTC."""
    axis: Spec | None = {"format": "%-d %b", "title": None, "grid": False, "tickCount": 6}
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False},
        "axis": axis if shown else None,
    }


def amounts_axis(title: str, *, field: str = "amount", domain: list[int] | None = None) -> Spec:
    """Return the encoding of a whole amount that starts at 0."""
    scale: Spec = {"zero": True, "nice": True} if domain is None else {"domain": domain}
    axis = {"title": title, "tickCount": 4, "format": "d"}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def day_words(day: date) -> str:
    """Return a day as people write it: '3 May 2026'."""
    return date_format(day, _("j F Y"))


def short_day_words(day: date) -> str:
    """Return a day of a year that is clear: '3 May'."""
    return date_format(day, _("j M"))


def number_words(number: int) -> str:
    """Return a whole number with its thousands set apart: '1,200'."""
    return number_format(number, force_grouping=True)


def percent_words(number: Decimal | None) -> str:
    """Return a percentage with one decimal; a word where nothing was measured."""
    if number is None:
        return _("nothing")
    return _("%(number)s %%") % {"number": number_format(round(number, 1), 1)}
