"""Stretches of time that one query counts over: a month each, and everything until a moment."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governance.querysets.statements import Moment

EVERYTHING = 0
DECEMBER = 12
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time in one project; place 0 is everything, then months, the oldest first."""

    project_id: int
    place: int
    month: date | None
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Windows:
    """Every stretch that is asked about at a moment."""

    as_of: datetime
    each: tuple[Window, ...]

    @property
    def project_ids(self) -> list[int]:
        """Return the projects, each once."""
        return list(dict.fromkeys(window.project_id for window in self.each))

    @property
    def table(self) -> str:
        """Return them as a table expression: one row per stretch, for a WITH clause."""
        rows = (
            f"({int(window.project_id)}, {window.place}, %(s{number})s, %(e{number})s)"
            for number, window in enumerate(self.each)
        )
        columns = "project_id, place, starts_at, ends_at"
        return f"windows ({columns}) AS (VALUES " + ", ".join(rows) + ")"

    @property
    def moments(self) -> dict[str, Moment]:
        """Return what the placeholders of `table` stand for, and `as_of`."""
        found: dict[str, Moment] = {"as_of": self.as_of}
        for number, window in enumerate(self.each):
            found[f"s{number}"] = window.starts_at
            found[f"e{number}"] = window.ends_at
        return found


def windows_of(zones: Mapping[int, ZoneInfo], *, as_of: datetime, months: int = 0) -> Windows:
    """Return everything until a moment, and so many months up to it in each project's own zone."""
    return Windows(
        as_of,
        tuple(
            window
            for project_id, zone in zones.items()
            for window in _of_project(project_id, zone=zone, as_of=as_of, months=months)
        ),
    )


def _of_project(
    project_id: int, *, zone: ZoneInfo, as_of: datetime, months: int
) -> Collection[Window]:
    end = as_of + timedelta(microseconds=1)
    found = [Window(project_id, EVERYTHING, None, _LONG_AGO, end)]
    first = as_of.astimezone(zone).date().replace(day=1)
    starts = [first]
    while len(starts) < months:
        starts.append((starts[-1] - timedelta(days=1)).replace(day=1))
    for place, month in enumerate(reversed(starts[:months]), start=1):
        over = min(_moment(_after(month), zone), end)
        found.append(Window(project_id, place, month, _moment(month, zone), over))
    return found


def _after(month: date) -> date:
    if month.month == DECEMBER:
        return date(month.year + 1, 1, 1)
    return month.replace(month=month.month + 1)


def _moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
