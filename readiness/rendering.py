"""Draw charts: a Vega-Lite specification in, one inline SVG out, the same for page and paper."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal

import vl_convert
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from readiness.charts.looks import Chart

VEGA_LITE = "6.4"
Locale = Literal["de-DE", "en-US"]
LOCALES: dict[str, Locale] = {"de": "de-DE"}
"""How the converter names the months and sets the numbers of a language; else American English."""
_OUTSIDE = frozenset({"url", "href", "$ref"})
_ROLES = re.compile(r' (?:role|aria-roledescription)="[^"]*"')
"""What the converter says of every group of marks; the one title of the drawing says it all."""


class ChartRefused(Exception):
    """Say why a chart is not drawn."""


def render_chart(chart: Chart) -> SafeString:
    """Return a chart as inline SVG that scales with its column and speaks for itself.

    The drawing has no script, no style and nothing from outside; its `<title>` carries the
    chart's words, which WeasyPrint turns into the alternative text of the figure. The ink is
    the colour of the text around it: the same drawing serves light, dark and paper.

    :raises ChartRefused: the specification reaches outside itself or cannot be drawn.
    """
    _refuse_outside(chart.spec)
    locale = LOCALES.get((get_language() or "")[:2], "en-US")
    drawing = _drawing(json.dumps(chart.spec, sort_keys=True), locale)
    words = f"{chart.title}. {chart.words}"
    opening = format_html('<svg class="chart" role="img" aria-label="{}"', words)
    title = format_html("<title>{}</title><desc>{}</desc>", words, chart.words)
    head, rest = drawing.split(">", 1)
    attributes = head.removeprefix("<svg").replace(' class="marks"', "", 1)
    return mark_safe(f"{opening}{attributes}>{title}{rest}")  # noqa: S308 - parts are escaped


@lru_cache(maxsize=256)
def _drawing(spec: str, locale: Locale) -> str:
    try:
        svg: str = vl_convert.vegalite_to_svg(
            spec,
            vl_version=VEGA_LITE,
            allowed_base_urls=[],
            format_locale=locale,
            time_format_locale=locale,
        )
    except ValueError as error:
        reason = str(error).splitlines()[0]
        raise ChartRefused(f"The chart cannot be drawn: {reason}") from error
    return _ROLES.sub("", svg)


def _refuse_outside(part: Any) -> None:
    """Refuse whatever names another place: the converter reads local files when asked to."""
    if isinstance(part, Mapping):
        outside = _OUTSIDE & part.keys()
        if outside:
            raise ChartRefused(f"A chart carries its own values; '{min(outside)}' is not allowed.")
        for each in part.values():
            _refuse_outside(each)
    elif isinstance(part, Sequence) and not isinstance(part, str):
        for each in part:
            _refuse_outside(each)
