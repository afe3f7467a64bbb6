"""How a project got here: its judgements day by day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.safestring import SafeString

from readiness.charts.trend import TrendPoint, trend_chart
from readiness.models import Finding, Snapshot
from readiness.pages.findings import figure_text
from readiness.rendering import render_chart

TREND_DAYS = 90
COMPARED_DAYS = 7


@dataclass(frozen=True, slots=True)
class TrendPicture:
    """A chart with its words and the same as a table."""

    words: str
    drawing: SafeString
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def days_of(snapshot: Snapshot) -> list[Snapshot]:
    """Return one judgement a local day up to this one, oldest first, without bodies."""
    first = snapshot.local_date - timedelta(days=TREND_DAYS)
    rows = Snapshot.objects.of_projects([snapshot.project_id]).made_by(snapshot.as_of)
    return list({row.local_date: row for row in rows.since(first).defer("body")}.values())


def trend_of_days(days: Sequence[Snapshot]) -> TrendPicture | None:
    """Return the chart of a history; None while there is only one day."""
    points = [
        TrendPoint(day.local_date, day.verdict, day.hard_misses, day.accepted_risks) for day in days
    ]
    chart = trend_chart(points, go_live=days[-1].go_live_date if days else None)
    if chart is None:
        return None
    return TrendPicture(chart.words, render_chart(chart), chart.columns, chart.rows[::-1])


def measured_a_week_before(days: Sequence[Snapshot], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return criterion -> what was measured about a week before the last of these days."""
    if not days:
        return {}
    border = days[-1].local_date - timedelta(days=COMPARED_DAYS)
    earlier = [day for day in days if day.local_date <= border]
    if not earlier:
        return {}
    return {
        finding.criterion_key: figure_of(finding, kinds.get(finding.criterion_key, ""))
        for finding in Finding.objects.filter(snapshot=earlier[-1])
    }


def figure_of(finding: Finding, kind: str) -> str:
    """Return a past figure in few characters; empty when nothing was measured."""
    return figure_text(kind, done=finding.done, due=finding.due, value=finding.value)
