"""A line the size of a word: what was measured, over what was due, without a chart library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from readiness.charts.looks import day_words, percent_words
from readiness.charts.progress import BurnPoint

WIDTH, HEIGHT, EDGE = 96, 24, 2
WHOLE = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Hold the words and both lines as an SVG's `points`; a line nobody knows is empty."""

    words: str
    measured: str
    due: str
    end: tuple[str, str]


def sparkline_of(points: Sequence[BurnPoint], *, words: str = "") -> Sparkline | None:
    """Return the small line of days in order; None with fewer than two measured days.

    `words` replaces the sentence for those who cannot see it, where the unit is not a percentage.
    """
    known = [point for point in points if point.measured is not None]
    if len({point.day for point in known}) < 2:  # noqa: PLR2004 - one day is not a line
        return None
    ground = _Ground(
        first=points[0].day,
        days=max(1, (points[-1].day - points[0].day).days),
        top=max(WHOLE if not words else Decimal(1), *_amounts(points)),
    )
    return Sparkline(
        words or _words(known),
        ground.line([(point.day, point.measured) for point in points]),
        ground.line([(point.day, point.due) for point in points]),
        ground.place(known[-1].day, known[-1].measured or Decimal(0)),
    )


def _amounts(points: Sequence[BurnPoint]) -> list[Decimal]:
    both = [amount for point in points for amount in (point.measured, point.due)]
    return [amount for amount in both if amount is not None]


@dataclass(frozen=True, slots=True)
class _Ground:
    """Know where a day and an amount stand on the drawing."""

    first: date
    days: int
    top: Decimal

    def line(self, amounts: Sequence[tuple[date, Decimal | None]]) -> str:
        """Return the places of what is known, as an SVG writes them."""
        known = [self.place(day, amount) for day, amount in amounts if amount is not None]
        return " ".join(",".join(place) for place in known)

    def place(self, day: date, amount: Decimal) -> tuple[str, str]:
        """Return where one amount of one day stands."""
        x = EDGE + (WIDTH - 2 * EDGE) * (day - self.first).days / self.days
        share = float(min(max(amount / self.top, Decimal(0)), Decimal(1)))
        y = HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share
        return f"{x:.1f}", f"{y:.1f}"


def _words(known: Sequence[BurnPoint]) -> str:
    first, last = known[0], known[-1]
    told = {
        "before": percent_words(first.measured),
        "day": day_words(first.day),
        "now": percent_words(last.measured),
        "due": percent_words(last.due),
    }
    if last.due is None:
        return _("%(before)s on %(day)s, %(now)s now.") % told
    return _("%(before)s on %(day)s, %(now)s now; %(due)s due.") % told
