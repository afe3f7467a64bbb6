"""Count working hours by the calendar of a project, in its own time zone."""

from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from governance.models import CalendarEntry, Project

Span = tuple[date, date]
LONGEST_REST = 400


def closed_days(*, project_ids: Iterable[int]) -> dict[int, list[Span]]:
    """Return the holidays of each project's calendar, from and until a day, by one query."""
    wanted = list(project_ids)
    found: dict[int, list[Span]] = {project_id: [] for project_id in wanted}
    rows = CalendarEntry.objects.of_projects(wanted).holidays()
    for project_id, from_date, to_date in rows.values_list("project_id", "from_date", "to_date"):
        found[project_id].append((from_date, to_date))
    return found


def due_after(
    project: Project, *, hours: int, since: datetime, closed: Collection[Span] | None = None
) -> datetime:
    """Return when so many working hours of a project have gone by.

    They run from `work_starts` to `work_ends` on its working days and on no holiday; `closed`
    are the holidays where they are known already. A calendar without any working day within
    LONGEST_REST days is taken for none: its hours run round the clock.
    """
    left = timedelta(hours=hours)
    for opens, closes in _shifts(project, since=since, closed=_holidays(project, closed)):
        length = closes - opens
        if left <= length:
            return opens + left
        left -= length
    return since + left


def working_hours(
    project: Project, *, since: datetime, until: datetime, closed: Collection[Span] | None = None
) -> int:
    """Return how many whole working hours of a project lie between two moments."""
    spent = timedelta()
    for opens, closes in _shifts(project, since=since, closed=_holidays(project, closed)):
        if opens >= until:
            break
        spent += min(closes, until) - opens
    return int(spent // timedelta(hours=1))


def _holidays(project: Project, closed: Collection[Span] | None) -> Collection[Span]:
    return closed_days(project_ids=[project.pk])[project.pk] if closed is None else closed


def _shifts(
    project: Project, *, since: datetime, closed: Collection[Span]
) -> Iterator[tuple[datetime, datetime]]:
    """Tell the working shifts after a moment, in UTC; end after a rest of LONGEST_REST days."""
    zone = ZoneInfo(project.time_zone)
    day, rested = since.astimezone(zone).date(), 0
    while rested < LONGEST_REST:
        opens = max(_moment(day, project.work_starts, zone), since.astimezone(UTC))
        closes = _moment(day, project.work_ends, zone)
        works = str(day.isoweekday()) in project.work_days and not _is_closed(day, closed)
        if works and opens < closes:
            yield opens, closes
            rested = 0
        else:
            rested += 1
        day += timedelta(days=1)


def _is_closed(day: date, closed: Collection[Span]) -> bool:
    return any(first <= day <= last for first, last in closed)


def _moment(day: date, clock: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, clock, tzinfo=zone).astimezone(UTC)
