"""Rows that more than one page shows, prepared down to the words."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.choices import inside
from readiness.charts.sparkline import Sparkline
from readiness.choices import Verdict

BAR_STEP = 9
BAR_HEIGHTS = {Verdict.GO: 22, Verdict.CONDITIONAL: 14, Verdict.NO_GO: 9, Verdict.NOT_OPEN: 4}
BAR_TONES = {
    Verdict.GO: "go",
    Verdict.CONDITIONAL: "conditional",
    Verdict.NO_GO: "no-go",
    Verdict.NOT_OPEN: "not-open",
}
STRIP_HEIGHT = 24


@dataclass(frozen=True, slots=True)
class GateStep:
    """One gate on the rail."""

    key: str
    name: str
    verdict: str
    when: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion as the criteria table shows it."""

    key: str
    title: str
    hard: bool
    state: str
    measured: str
    of: str
    fresh: str
    due_today: str
    target: str
    accountable: str
    source: str
    grade: str
    grade_words: str
    grades: str
    href: str = ""
    trend: str = ""
    note: str = ""
    line: Sparkline | None = None


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell of the heat map; an empty state means that nothing is asked there."""

    state: str
    text: str
    label: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One process of the heat map with its cells, in the order of the columns."""

    name: str
    cells: tuple[HeatCell, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class NightLine:
    """Say when the last night ran, and whether that is too long ago."""

    text: str
    late: bool = False
    failed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TrendBar:
    """One week's bar, in units of the strip."""

    x: int
    y: int
    height: int
    tone: str


@dataclass(frozen=True, slots=True)
class Trend:
    """The verdicts of the last weeks, oldest first, as words and as bars."""

    words: str
    bars: tuple[TrendBar, ...] = field(default=())


def trend_of(verdicts: list[str]) -> Trend:
    """Return the strip of one verdict a week, oldest first; the higher the bar, the better."""
    if not verdicts:
        return Trend(_("No history yet"))
    bars = tuple(
        TrendBar(
            x=position * BAR_STEP,
            y=STRIP_HEIGHT - BAR_HEIGHTS[Verdict(verdict)],
            height=BAR_HEIGHTS[Verdict(verdict)],
            tone=BAR_TONES[Verdict(verdict)],
        )
        for position, verdict in enumerate(verdicts)
    )
    counts = [(value, verdicts.count(value)) for value in Verdict.values]
    parts = [f"{inside(Verdict(value).label)} {count}" for value, count in counts if count]
    words = ngettext(
        "%(number)s week: %(verdicts)s; now %(now)s",
        "%(number)s weeks: %(verdicts)s; now %(now)s",
        len(verdicts),
    )
    told = {"number": len(verdicts), "verdicts": ", ".join(parts), "now": _label(verdicts[-1])}
    return Trend(words % told, bars)


def _label(verdict: str) -> str:
    return inside(Verdict(verdict).label)
