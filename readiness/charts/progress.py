"""Progress against what is due: the burn-up of one criterion, and training by week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from readiness.charts.looks import (
    INK,
    MEASURED,
    WIDTH,
    Chart,
    Spec,
    amounts_axis,
    day_words,
    days_axis,
    number_words,
    percent_words,
    rows_of,
    spec_of,
)

HEIGHT = 150
LABEL_SHARE = 14
"""Percent of the drawn days left free at the right, where the lines are named."""


@dataclass(frozen=True, slots=True)
class BurnPoint:
    """Say what was measured and what was due on one day, in percent; None is not measured."""

    day: date
    measured: Decimal | None
    due: Decimal | None


@dataclass(frozen=True, slots=True)
class WeekCount:
    """Count what was finished in the week that starts on a Monday."""

    monday: date
    done: int


def burn_up_chart(points: Sequence[BurnPoint], *, title: str) -> Chart | None:
    """Return measured against due over days in order; None with fewer than two days."""
    if len({point.day for point in points}) < 2:  # noqa: PLR2004 - one day is not a line
        return None
    first, last_day = points[0].day, points[-1].day
    room = last_day + timedelta(days=1 + (last_day - first).days * LABEL_SHARE // 100)
    x = days_axis(first, room)
    y = amounts_axis(_("Percent"), domain=[0, 100])
    measured = [(point.day, point.measured) for point in points]
    due = [(point.day, point.due) for point in points]
    solid: Spec = {"type": "line", "stroke": MEASURED, "strokeWidth": 2.5}
    dashed: Spec = {"type": "line", "stroke": INK, "strokeDash": [5, 3], "strokeWidth": 1.5}
    leads = (points[-1].measured or 0) >= (points[-1].due or 0)
    above, below = "bottom", "top"
    layers = [
        *_line(due, dashed, _("due"), x, y, baseline=below if leads else above),
        *_line(measured, solid, _("measured"), x, y, baseline=above if leads else below),
    ]
    spec = spec_of({"width": WIDTH, "height": HEIGHT, "layer": layers})
    rows = tuple(
        (day_words(point.day), percent_words(point.measured), percent_words(point.due))
        for point in points
    )
    last = points[-1]
    words = _("%(title)s: on %(day)s %(measured)s measured, %(due)s due.") % {
        "title": title,
        "day": day_words(last.day),
        "measured": percent_words(last.measured),
        "due": percent_words(last.due),
    }
    return Chart(title, words, spec, (_("Day"), _("Measured"), _("Due")), rows)


def _line(
    amounts: list[tuple[date, Decimal | None]],
    mark: Spec,
    name: str,
    x: Spec,
    y: Spec,
    *,
    baseline: str,
) -> list[Spec]:
    """Return a line with its name at its end, above or below it: two ends may meet."""
    known = [
        {"day": day.isoformat(), "amount": float(amount)}
        for day, amount in amounts
        if amount is not None
    ]
    if not known:
        return []
    label = {"type": "text", "align": "left", "dx": 5, "fill": INK, "baseline": baseline}
    encoding = {"x": x, "y": y}
    return [
        {"data": rows_of(known), "mark": mark, "encoding": encoding},
        {
            "data": rows_of([{**known[-1], "text": name}]),
            "mark": label,
            "encoding": {**encoding, "text": {"field": "text"}},
        },
    ]


def week_chart(weeks: Sequence[WeekCount], *, title: str, noun: str) -> Chart | None:
    """Return one bar a week; None without a week."""
    if not weeks:
        return None
    x = days_axis(weeks[0].monday, weeks[-1].monday + timedelta(days=7))
    values = rows_of(
        [
            {
                "day": week.monday.isoformat(),
                "end": (week.monday + timedelta(days=6)).isoformat(),
                "amount": week.done,
                "text": number_words(week.done),
            }
            for week in weeks
        ]
    )
    bars = {"x": x, "x2": {"field": "end"}, "y": amounts_axis(noun), "y2": {"datum": 0}}
    labels = {
        "x": x,
        "y": amounts_axis(noun),
        "text": {"field": "text"},
    }
    layers = [
        {"mark": {"type": "rect", "fill": MEASURED}, "encoding": bars},
        {"mark": {"type": "text", "dy": -7, "align": "left", "dx": 3}, "encoding": labels},
    ]
    spec = spec_of({"width": WIDTH, "height": HEIGHT, "data": values, "layer": layers})
    rows = tuple((day_words(week.monday), number_words(week.done)) for week in weeks)
    columns = (_("Week from"), noun.capitalize())
    return Chart(title, _weeks_words(weeks, title, noun), spec, columns, rows)


def _weeks_words(weeks: Sequence[WeekCount], title: str, noun: str) -> str:
    words = ngettext(
        "%(title)s: %(total)s %(noun)s in %(weeks)s week, %(last)s in the last one.",
        "%(title)s: %(total)s %(noun)s in %(weeks)s weeks, %(last)s in the last one.",
        len(weeks),
    )
    return words % {
        "title": title,
        "total": number_words(sum(week.done for week in weeks)),
        "noun": noun,
        "weeks": len(weeks),
        "last": number_words(weeks[-1].done),
    }
