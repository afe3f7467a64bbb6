from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from defusedxml import ElementTree
from django.utils.translation import override

from readiness.charts.defects import AgeCount, defects_chart
from readiness.charts.looks import Chart
from readiness.charts.progress import BurnPoint, WeekCount, burn_up_chart, week_chart
from readiness.charts.trend import TrendPoint, trend_chart
from readiness.rendering import ChartRefused, render_chart

START = date(2026, 3, 2)
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
SEVERITIES = ["Critical", HOSTILE]
TAGS = {"svg", "title", "desc", "g", "path", "line", "rect", "text", "tspan", "defs"}
BLOCKED = ("style", "href", "src")


def charts() -> list[Chart]:
    days = [START + timedelta(days=number) for number in range(20)]
    found = [
        trend_chart([TrendPoint(day, "NO_GO", 3, 1) for day in days], go_live=date(2026, 4, 1)),
        burn_up_chart([BurnPoint(day, None, None) for day in days], title=HOSTILE),
        week_chart([WeekCount(START, 3)], title="Training by week", noun="completions"),
        defects_chart([AgeCount(HOSTILE, HOSTILE, 2)], ages=[HOSTILE], severities=SEVERITIES),
    ]
    return [chart for chart in found if chart is not None]


def trend() -> Chart:
    return charts()[0]


class TestRenderChart:
    @pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.title[:12])
    def test_is_well_formed_and_speaks(self, chart: Chart) -> None:
        svg = ElementTree.fromstring(render_chart(chart))
        words = f"{chart.title}. {chart.words}"
        assert svg.get("role") == "img"
        assert svg.get("aria-label") == words
        assert svg[0].tag.endswith("title")
        assert svg[0].text == words
        assert svg[1].tag.endswith("desc")
        assert svg[1].text == chart.words

    @pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.title[:12])
    def test_carries_nothing_a_strict_policy_would_block(self, chart: Chart) -> None:
        elements = list(ElementTree.fromstring(render_chart(chart)).iter())
        tags = {element.tag.rpartition("}")[2] for element in elements}
        attributes = {name for element in elements for name in element.attrib}
        assert tags <= {
            "svg",
            "title",
            "desc",
            "g",
            "path",
            "line",
            "rect",
            "text",
            "tspan",
            "defs",
        }
        assert not [name for name in attributes if name in BLOCKED or name.startswith("on")]

    def test_gives_the_same_bytes_for_the_same_chart(self) -> None:
        assert render_chart(trend()) == render_chart(trend())

    def test_names_months_in_the_readers_language(self) -> None:
        days = [date(2026, 4, 20) + timedelta(days=number) for number in range(30)]
        with override("de"):
            chart = trend_chart([TrendPoint(day, "NO_GO", 3, 1) for day in days])
            assert chart is not None
            assert "Mai" in render_chart(chart)

    @pytest.mark.parametrize(
        "data",
        [
            {"url": "file:///etc/passwd", "format": {"type": "csv"}},
            {"url": "http://127.0.0.1:9/rows.json"},
            {"values": [{"url": "http://127.0.0.1:9/picture.png"}]},
        ],
    )
    def test_refuses_a_chart_that_reaches_outside(self, data: dict[str, Any]) -> None:
        chart = replace(trend(), spec={"data": data, "mark": "point"})
        with pytest.raises(ChartRefused, match="'url' is not allowed"):
            render_chart(chart)

    def test_refuses_what_cannot_be_drawn(self) -> None:
        with pytest.raises(ChartRefused, match="cannot be drawn"):
            render_chart(replace(trend(), spec={"mark": "no such mark"}))
