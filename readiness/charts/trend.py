"""The trend of a gate: what stands in the way, what was accepted, and the verdict, by day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from readiness.charts.looks import (
    ACCEPTED,
    BAD,
    INK,
    QUIET,
    WIDTH,
    Chart,
    Spec,
    amounts_axis,
    day_words,
    days_axis,
    rows_of,
    short_day_words,
    spec_of,
)
from readiness.choices import Verdict

HEIGHT = 120
BAND_HEIGHT = 18
LETTER_WIDTH = 8
LOW_LABEL = 76
"""How far down the go-live date is named while the line of hard misses ends above it."""
LABEL_SHARE = 24
"""Percent of the drawn days left free at the right, where the lines are named."""
FAR_DAYS = 200
"""A go-live date farther away than this is named in words only, not drawn."""

VERDICT_WORDS: dict[str, Promise] = {
    Verdict.GO: gettext_lazy("GO"),
    Verdict.CONDITIONAL: gettext_lazy("CONDITIONAL"),
    Verdict.NO_GO: gettext_lazy("NO-GO"),
    Verdict.NOT_OPEN: gettext_lazy("NOT OPEN"),
}
VERDICT_COLOURS: dict[str, tuple[str, str]] = {
    Verdict.GO: ("#1a7340", "#ffffff"),
    Verdict.CONDITIONAL: ("#f2b632", "#2b1c00"),
    Verdict.NO_GO: ("#b42318", "#ffffff"),
    Verdict.NOT_OPEN: ("#5b626c", "#ffffff"),
}


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """Say how one local day of a project was judged."""

    day: date
    verdict: str
    hard_misses: int
    accepted_risks: int


@dataclass(frozen=True, slots=True)
class VerdictRun:
    """Hold one verdict from its first day up to, and not including, its end."""

    verdict: str
    start: date
    end: date


def verdict_runs(points: Sequence[TrendPoint]) -> list[VerdictRun]:
    """Return the verdicts in order, equal neighbours put together."""
    grouped = [list(group) for _, group in groupby(points, key=lambda point: point.verdict)]
    starts = [group[0].day for group in grouped]
    ends = [*starts[1:], points[-1].day + timedelta(days=1)] if points else []
    return [
        VerdictRun(group[0].verdict, start, end)
        for group, start, end in zip(grouped, starts, ends, strict=True)
    ]


def trend_chart(points: Sequence[TrendPoint], *, go_live: date | None = None) -> Chart | None:
    """Return the trend over days in order, oldest first; None with fewer than two days."""
    if len({point.day for point in points}) < 2:  # noqa: PLR2004 - one day is not a trend
        return None
    first, last = points[0].day, points[-1].day + timedelta(days=1)
    drawn_go_live = _drawn(go_live, last)
    room = last + timedelta(days=1 + (last - first).days * LABEL_SHARE // 100)
    end = room if drawn_go_live is None else max(room, drawn_go_live + timedelta(days=1))
    spec = spec_of(
        {
            "vconcat": [
                _amounts(points, first, end, drawn_go_live),
                _band(verdict_runs(points), first, end),
            ],
            "spacing": 4,
        }
    )
    columns = (_("Day"), _("Verdict"), _("Hard misses"), _("Risks accepted"))
    return Chart(_("Trend"), _words(points, go_live), spec, columns, tuple(_table(points)))


def _drawn(go_live: date | None, last: date) -> date | None:
    if go_live is None or go_live < last or go_live - last > timedelta(days=FAR_DAYS):
        return None
    return go_live


def _amounts(points: Sequence[TrendPoint], first: date, end: date, go_live: date | None) -> Spec:
    x = days_axis(first, end, shown=False)
    most = max(4, *(max(point.hard_misses, point.accepted_risks) for point in points))
    y = amounts_axis(_("Criteria"), domain=[0, most + 1])
    hard = _steps([(point.day, point.hard_misses) for point in points], points[-1].day)
    accepted = _steps([(point.day, point.accepted_risks) for point in points], points[-1].day)
    area = {"type": "area", "interpolate": "step-after", "fill": BAD, "fillOpacity": 0.16}
    line = {"type": "line", "interpolate": "step-after", "stroke": BAD, "strokeWidth": 2}
    dashes = {**line, "stroke": ACCEPTED, "strokeDash": [5, 3]}
    layers: list[Spec] = [
        {"data": rows_of(hard), "mark": area, "encoding": {"x": x, "y": y}},
        {"data": rows_of(hard), "mark": line, "encoding": {"x": x, "y": y}},
        {"data": rows_of(accepted), "mark": dashes, "encoding": {"x": x, "y": y}},
        *_labels(points[-1], x, y),
    ]
    if go_live is not None:
        is_high = 2 * points[-1].hard_misses > most
        layers += _go_live(go_live, x, top=LOW_LABEL if is_high else 0)
    return {"width": WIDTH, "height": HEIGHT, "layer": layers}


def _steps(amounts: list[tuple[date, int]], last: date) -> list[dict[str, object]]:
    """Return one row a day and one more, so that the last day has its width too."""
    closed = [*amounts, (last + timedelta(days=1), amounts[-1][1])]
    return [{"day": day.isoformat(), "amount": amount} for day, amount in closed]


def _labels(point: TrendPoint, x: Spec, y: Spec) -> list[Spec]:
    """Name both lines at their ends; where the ends meet, the upper name moves up."""
    hard, accepted = point.hard_misses, point.accepted_risks
    lift = -13 if abs(hard - accepted) <= 1 else 0
    lines = (
        (hard, _hard_words(hard), lift if hard >= accepted else 0),
        (
            accepted,
            _accepted_words(accepted),
            lift if accepted > hard else 0,
        ),
    )
    day = (point.day + timedelta(days=1)).isoformat()
    mark = {"type": "text", "baseline": "middle", "align": "left", "dx": 6, "fill": INK}
    return [
        {
            "data": rows_of([{"day": day, "amount": amount, "text": text}]),
            "mark": {**mark, "dy": dy},
            "encoding": {"x": x, "y": y, "text": {"field": "text"}},
        }
        for amount, text, dy in lines
    ]


def _hard_words(number: int) -> str:
    return ngettext("%(number)s hard miss", "%(number)s hard misses", number) % {"number": number}


def _accepted_words(number: int) -> str:
    words = ngettext("%(number)s risk accepted", "%(number)s risks accepted", number)
    return words % {"number": number}


def _go_live(day: date, x: Spec, *, top: int) -> list[Spec]:
    text = _("Go-live %(day)s") % {"day": short_day_words(day)}
    values = rows_of([{"day": day.isoformat(), "text": text}])
    rule = {"type": "rule", "stroke": QUIET, "strokeDash": [2, 3], "strokeWidth": 1.5}
    label = {"type": "text", "align": "right", "baseline": "top", "dx": -5, "fill": INK}
    return [
        {"data": values, "mark": rule, "encoding": {"x": x}},
        {
            "data": values,
            "mark": label,
            "encoding": {"x": x, "y": {"value": top}, "text": {"field": "text"}},
        },
    ]


def _band(runs: Sequence[VerdictRun], first: date, end: date) -> Spec:
    x = days_axis(first, end)
    days = max(1, (end - first).days)
    values = rows_of([_band_row(run, WIDTH / days) for run in runs])
    colour = {"type": "nominal", "scale": None, "legend": None}
    return {
        "width": WIDTH,
        "height": BAND_HEIGHT,
        "data": values,
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "#ffffff", "strokeWidth": 1},
                "encoding": {
                    "x": x,
                    "x2": {"field": "end"},
                    "y": {"value": 0},
                    "y2": {"value": BAND_HEIGHT},
                    "fill": {"field": "fill", **colour},
                },
            },
            {
                "mark": {"type": "text", "baseline": "middle", "fontSize": 10, "fontWeight": 700},
                "encoding": {
                    "x": {**x, "field": "middle"},
                    "y": {"value": BAND_HEIGHT / 2},
                    "text": {"field": "text"},
                    "fill": {"field": "ink", **colour},
                },
            },
        ],
    }


def _band_row(run: VerdictRun, pixels_a_day: float) -> dict[str, object]:
    days = (run.end - run.start).days
    word = str(VERDICT_WORDS[run.verdict])
    fits = days * pixels_a_day >= len(word) * LETTER_WIDTH + 4
    fill, ink = VERDICT_COLOURS[run.verdict]
    middle = run.start + timedelta(days=days // 2)
    hour = days % 2 * 12
    return {
        "day": run.start.isoformat(),
        "end": run.end.isoformat(),
        "middle": f"{middle.isoformat()}T{hour:02d}:00:00Z",
        "text": word if fits else "",
        "fill": fill,
        "ink": ink,
    }


def _table(points: Iterable[TrendPoint]) -> Iterable[tuple[str, ...]]:
    for point in points:
        yield (
            day_words(point.day),
            str(VERDICT_WORDS[point.verdict]),
            str(point.hard_misses),
            str(point.accepted_risks),
        )


def _words(points: Sequence[TrendPoint], go_live: date | None) -> str:
    first, last = points[0], points[-1]
    moved = _("From %(first)s to %(last)s: %(hard)s, %(accepted)s.") % {
        "first": day_words(first.day),
        "last": day_words(last.day),
        "hard": _hard_moved(first.hard_misses, last.hard_misses),
        "accepted": _accepted_moved(first.accepted_risks, last.accepted_risks),
    }
    since = _("The verdict is %(verdict)s since %(day)s.") % {
        "verdict": VERDICT_WORDS[last.verdict],
        "day": day_words(verdict_runs(points)[-1].start),
    }
    if go_live is None:
        return f"{moved} {since}"
    planned = _("Go-live is planned for %(day)s.") % {"day": day_words(go_live)}
    return f"{moved} {since} {planned}"


def _hard_moved(before: int, now: int) -> str:
    if before == now:
        return _("hard misses are %(now)s as before") % {"now": now}
    words = _("hard misses went from %(before)s to %(now)s")
    return words % {"before": before, "now": now}


def _accepted_moved(before: int, now: int) -> str:
    if before == now:
        return _("accepted risks are %(now)s as before") % {"now": now}
    words = _("accepted risks went from %(before)s to %(now)s")
    return words % {"before": before, "now": now}
