"""Projects that are measured together, each with its own date and its own zone.

A project whose newest change is not after the moment asked about can be read from the
columns that are kept in step; any other has to be read from its dated rows.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

from django.apps import apps

from governance.querysets.ownership import AccountableRow, accountable_rows
from governance.querysets.statements import Moment, day_of, fetch_rows, fill

FRESH_DAYS = 30
RULING_WORKDAYS = 5
_NO_DATE = date(9000, 1, 1)
_SATURDAY = 5
WEEKS_BACK = 520
_LONG_AGO = timedelta(weeks=WEEKS_BACK)


@lru_cache(maxsize=64)
def workdays_before(day: date, number: int) -> date:
    """Return the last date with so many working days (Monday to Friday) after it, up to a day."""
    while number:
        number -= day.weekday() < _SATURDAY
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True, slots=True)
class ProjectDay:
    """One project on the day that is asked about, in its own time zone."""

    project_id: int
    today: date
    zone: ZoneInfo
    go_live: date | None
    is_current: bool

    @property
    def monday(self) -> datetime:
        """Return the start of a Monday long ago, from which weeks are counted."""
        start = datetime.combine(self._this_monday, time(), self.zone)
        return start.astimezone(UTC) - _LONG_AGO

    @property
    def _this_monday(self) -> date:
        return self.today - timedelta(days=self.today.weekday())

    @property
    def fresh_from(self) -> datetime:
        """Return the moment from which practice is fresh: thirty days before go-live."""
        day = (self.go_live or _NO_DATE) - timedelta(days=FRESH_DAYS)
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    @property
    def overdue_before(self) -> datetime:
        """Return the moment before which what waits has waited over five working days."""
        day = workdays_before(self.today, RULING_WORKDAYS + 1) + timedelta(days=1)
        return datetime.combine(day, time(), self.zone).astimezone(UTC)

    def week_of(self, day: date) -> int:
        """Return the number of a date's week, Monday to Sunday; this week is WEEKS_BACK."""
        return (day - (self._this_monday - _LONG_AGO)).days // 7


@dataclass(frozen=True)
class Batch:
    """Projects and a moment, measured by one query; `is_current` says from which columns."""

    as_of: datetime
    days: dict[int, ProjectDay] = field(default_factory=dict)
    is_current: bool = True

    @property
    def project_ids(self) -> tuple[int, ...]:
        """Return the ids of the projects."""
        return tuple(self.days)

    @cached_property
    def processes(self) -> list[AccountableRow]:
        """Return every process in scope that is owned and signed, asked for once."""
        return accountable_rows(
            project_ids=self.project_ids, as_of=self.as_of, is_current=self.is_current
        )

    @property
    def table(self) -> str:
        """Return the batch as a table expression: one row per project, for a WITH clause."""
        rows = (
            f"({day.project_id}, %({_name('d', day.today)})s,"
            f" %({_name('t', day.fresh_from)})s, %({_name('t', day.monday)})s,"
            f" %({_name('t', day.overdue_before)})s)"
            for day in self.days.values()
        )
        columns = "project_id, today, fresh_from, monday, overdue_before"
        return f"batch ({columns}) AS (VALUES " + ", ".join(rows) + ")"

    @property
    def moments(self) -> dict[str, Moment]:
        """Return what the placeholders of `table` stand for, and `as_of`."""
        found: dict[str, Moment] = {"as_of": self.as_of}
        for day in self.days.values():
            found[_name("d", day.today)] = day.today
            for moment in (day.fresh_from, day.monday, day.overdue_before):
                found[_name("t", moment)] = moment
        return found

    def parted(self, ahead: Collection[int]) -> "Iterator[Batch]":
        """Yield the batch, apart from it the projects whose kept columns know of later events."""
        if not (self.is_current and ahead):
            yield self
            return
        for is_current in (True, False):
            days = {key: day for key, day in self.days.items() if (key not in ahead) is is_current}
            if days:
                yield replace(self, days=days, is_current=is_current)


def _name(kind: str, value: date) -> str:
    return f"{kind}{value:%Y%m%d%H%M%S}"


def batches(*, project_ids: Collection[int], as_of: datetime) -> Iterator[Batch]:
    """Yield the projects to be read from kept columns, then those to be read from dated rows."""
    days = _days(project_ids, as_of)
    for is_current in (True, False):
        part = {key: day for key, day in days.items() if day.is_current is is_current}
        if part:
            yield Batch(as_of=as_of, days=part, is_current=is_current)


_PROJECTS = """
    SELECT p.id, p.time_zone, p.go_live_date, m.marked_at IS NOT NULL AND m.marked_at <= %(as_of)s
      FROM governance_project p LEFT JOIN governance_projectmark m ON m.project_id = p.id
     WHERE p.id IN ({projects}) ORDER BY p.id
"""


def _days(project_ids: Collection[int], as_of: datetime) -> dict[int, ProjectDay]:
    rows = fetch_rows(fill(_PROJECTS, projects=project_ids), {"as_of": as_of})
    past = [row[0] for row in rows if not row[3]]
    dates = go_live_dates(project_ids=past, as_of=as_of) if past else {}
    found = {}
    for project_id, name, go_live, is_current in rows:
        zone = ZoneInfo(name)
        found[project_id] = ProjectDay(
            project_id=project_id,
            today=as_of.astimezone(zone).date(),
            zone=zone,
            go_live=day_of(go_live) if is_current else dates.get(project_id),
            is_current=bool(is_current),
        )
    return found


def go_live_dates(*, project_ids: Collection[int], as_of: datetime) -> dict[int, date]:
    """Return project id -> the go-live date that had been decided by a moment."""
    dates = apps.get_model("governance", "GoLiveDate").objects
    known = dates.filter(project_id__in=project_ids, decided_at__lte=as_of, recorded_at__lte=as_of)
    return dict(known.order_by("decided_at", "id").values_list("project_id", "go_live_date"))
