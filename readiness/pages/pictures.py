"""A chart as pages and papers show it: drawing, words and the same numbers as a table."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from readiness.charts.looks import Chart
from readiness.rendering import render_chart


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """What `_parts/chart.html` shows; the newest row of the table comes first where days do."""

    title: str
    words: str
    drawing: SafeString
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def picture_of(chart: Chart | None, *, newest_first: bool = False) -> ChartPicture | None:
    """Return a chart drawn, with its table; None where there is nothing to draw yet."""
    if chart is None:
        return None
    rows = chart.rows[::-1] if newest_first else chart.rows
    return ChartPicture(chart.title, chart.words, render_chart(chart), chart.columns, rows)
