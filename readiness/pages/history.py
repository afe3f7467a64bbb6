"""How a project got here: its judgements one by one and day by day, and its figures by week."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from governance.readings import ReadingKind
from readiness.charts.progress import BurnPoint
from readiness.charts.sparkline import Sparkline, sparkline_of
from readiness.charts.trend import TrendPoint, trend_chart
from readiness.models import Finding, Snapshot
from readiness.pages.findings import demand_text, figure_text
from readiness.pages.pictures import ChartPicture, picture_of
from readiness.pages.words import day_text

TREND_DAYS = 90
COMPARED_DAYS = 7
TENTH = Decimal("0.1")
SAMPLED_DAYS = 84
"""A line the size of a word shows so many days, one point a week."""


class Judged(NamedTuple):
    """One judgement without its body: a busy project has hundreds."""

    pk: int
    as_of: datetime
    local_date: date
    verdict: str
    hard_misses: int
    accepted_risks: int
    go_live_date: date | None
    policy_id: int | None


class Found(NamedTuple):
    """One recorded finding, as it was measured."""

    snapshot_id: int
    gate_key: str
    criterion_key: str
    state: str
    is_hard: bool
    done: int | None
    due: int | None
    value: Decimal | None
    due_today: Decimal | None


Findings = Mapping[str, Found]


def judgements_of(snapshot: Snapshot) -> list[Judged]:
    """Return the judgements of the last days up to this one, oldest first."""
    first = snapshot.local_date - timedelta(days=TREND_DAYS)
    rows = Snapshot.objects.of_projects([snapshot.project_id]).made_by(snapshot.as_of)
    return [Judged(*row) for row in rows.since(first).values_list(*Judged._fields)]


def last_of_each_day(judgements: Sequence[Judged]) -> list[Judged]:
    """Return one judgement a local day, the last one, oldest first."""
    return list({each.local_date: each for each in judgements}.values())


def trend_of_days(days: Sequence[Judged]) -> ChartPicture | None:
    """Return the chart of a history; None while there is only one day."""
    points = [
        TrendPoint(day.local_date, day.verdict, day.hard_misses, day.accepted_risks) for day in days
    ]
    chart = trend_chart(points, go_live=days[-1].go_live_date if days else None)
    return picture_of(chart, newest_first=True)


def weekly(days: Sequence[Judged]) -> list[Judged]:
    """Return about one judgement a week, the newest always among them, oldest first."""
    if not days:
        return []
    newest = days[-1].local_date
    ages = [((newest - day.local_date).days, day) for day in days]
    chosen = {(age + COMPARED_DAYS - 1) // COMPARED_DAYS: day for age, day in ages[::-1]}
    return [chosen[week] for week in sorted(chosen, reverse=True) if week * 7 <= SAMPLED_DAYS]


def findings_of(snapshot_ids: Collection[int]) -> dict[int, dict[str, Found]]:
    """Return snapshot -> criterion -> what was found, asked for at once."""
    found: dict[int, dict[str, Found]] = {key: {} for key in snapshot_ids}
    rows = Finding.objects.filter(snapshot_id__in=found).order_by("pk")
    for row in map(Found._make, rows.values_list(*Found._fields)):
        found[row.snapshot_id][row.criterion_key] = row
    return found


def history_of(
    days: Sequence[Judged], criterion: str, *, gate_key: str
) -> list[tuple[Judged, Found]]:
    """Return each day on which a criterion was judged, with what was found, oldest first."""
    by_id = {day.pk: day for day in days}
    rows = Finding.objects.filter(
        snapshot_id__in=by_id, gate_key=gate_key, criterion_key=criterion
    ).order_by("snapshot__as_of")
    found = map(Found._make, rows.values_list(*Found._fields))
    return [(by_id[each.snapshot_id], each) for each in found]


def lines_of(
    samples: Sequence[Judged], findings: Mapping[int, Findings], kinds: Mapping[str, str]
) -> dict[str, Sparkline]:
    """Return criterion -> the small line of what was measured and due, week by week."""
    lines = {}
    for key, kind in kinds.items():
        pairs = [(day, findings.get(day.pk, {}).get(key)) for day in samples]
        known = [(day, found) for day, found in pairs if found is not None]
        points = [point_of(found, kind, day=day.local_date) for day, found in known]
        line = sparkline_of(points, words=_line_words(known, kind))
        if line is not None:
            lines[key] = line
    return lines


def point_of(found: Found, kind: str, *, day: date) -> BurnPoint:
    """Return what was measured and due on a day; a share in percent, never rounded up."""
    if kind != ReadingKind.SHARE:
        return BurnPoint(day, found.value, found.due_today)
    share = Decimal(100) * (found.done or 0) / found.due if found.due else None
    measured = None if share is None else share.quantize(TENTH, ROUND_DOWN)
    return BurnPoint(day, measured, found.due_today)


def _line_words(known: Sequence[tuple[Judged, Found]], kind: str) -> str:
    """Return first and last figure as words where they are no shares; a share has its own."""
    if kind == ReadingKind.SHARE:
        return ""
    said = [(day, figure) for day, found in known if (figure := figure_of(found, kind))]
    if not said:
        return ""
    (first, before), (_last, now) = said[0], said[-1]
    told = {"before": before, "day": day_text(first.local_date), "now": now}
    return _("%(before)s on %(day)s, %(now)s now.") % told


def earlier_figures(
    samples: Sequence[Judged], findings: Mapping[int, Findings], kinds: Mapping[str, str]
) -> dict[str, str]:
    """Return criterion -> what was measured about a week before the newest sample."""
    if not samples:
        return {}
    border = samples[-1].local_date - timedelta(days=COMPARED_DAYS)
    earlier = [day for day in samples if day.local_date <= border]
    if not earlier:
        return {}
    return {
        key: figure_of(found, kinds.get(key, ""))
        for key, found in findings.get(earlier[-1].pk, {}).items()
    }


def figure_of(found: Found | Finding, kind: str) -> str:
    """Return a past figure in few characters; empty when nothing was measured."""
    return figure_text(kind, done=found.done, due=found.due, value=found.value)


def due_of(found: Found, kind: str) -> str:
    """Return in few characters what was due on that day; empty when nothing was."""
    return demand_text(kind, found.due_today)
