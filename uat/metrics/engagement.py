"""Measure who takes part in testing: the client's share of runs, and each department."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from governance.querysets.batches import WEEKS_BACK, Batch, ProjectDay
from governance.readings import Reading, Readings, share
from uat.querysets.engagement import FIRST_WEEK, TesterRow, run_tallies, tester_rows

CLIENT_SHARE = "eng.client_exec_share"
DEPARTMENT_MIN = "eng.dept_min"

Weeks = dict[int, int]
"""Person id -> the weeks in which the person ran something, as bits."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """Somebody who was planned to test: the planned weeks that are over, and those with a run.

    Weeks are bits; without planned ones, any run will do.
    """

    project_id: int
    person_id: int
    department_id: int | None
    planned: int
    ran: int

    @property
    def took_part(self) -> bool:
        """Say whether the person ran something in each planned week."""
        return self.planned & self.ran == self.planned if self.planned else bool(self.ran)

    @property
    def weeks(self) -> tuple[int, int]:
        """Return in how many of how many planned weeks the person ran something."""
        return (self.planned & self.ran).bit_count(), self.planned.bit_count()


def put_engagement(readings: Readings, batch: Batch) -> None:
    """Put the client's share of all runs, and the share of the quietest department.

    A planned tester took part who ran something in each planned week that is over; without
    dates, who ran anything at all.
    """
    active = _put_shares(readings, batch)
    _put_departments(readings, batch, active)


def _put_shares(readings: Readings, batch: Batch) -> Weeks:
    """Put each project's share, and return the weeks in which each person ran something."""
    everybody = dict.fromkeys(batch.days, 0)
    client = dict.fromkeys(batch.days, 0)
    active: Weeks = {}
    for project_id, person_id, runs, client_runs, weeks in run_tallies(batch):
        everybody[project_id] += runs
        client[project_id] += client_runs
        if person_id is not None:
            active[person_id] = weeks
    for project_id, due in everybody.items():
        reading = share(CLIENT_SHARE, done=client[project_id], due=due, as_of=batch.as_of)
        readings.put(project_id, reading)
    return active


def _put_departments(readings: Readings, batch: Batch, active: Weeks) -> None:
    done: defaultdict[tuple[int, int | None], int] = defaultdict(int)
    due: defaultdict[tuple[int, int | None], int] = defaultdict(int)
    for turnout in _turnouts(batch, active):
        key = (turnout.project_id, turnout.department_id)
        due[key] += 1
        done[key] += turnout.took_part
    for project_id in batch.days:
        counts = [(done[key], number) for key, number in due.items() if key[0] == project_id]
        readings.put(project_id, _quietest(counts, batch.as_of))


def turnouts(batch: Batch) -> list[Turnout]:
    """Return everybody who was planned to test in a week that is over, and in which of them."""
    active = {row.person_id: row.weeks for row in run_tallies(batch) if row.person_id is not None}
    return list(_turnouts(batch, active))


def _turnouts(batch: Batch, active: Weeks) -> Iterator[Turnout]:
    planned: dict[tuple[int, int], list[TesterRow]] = {}
    for row in tester_rows(batch):
        planned.setdefault((row.project_id, row.person_id), []).append(row)
    for (project_id, person_id), rows in planned.items():
        weeks = _planned_weeks(rows, batch.days[project_id])
        ran = active.get(person_id, 0)
        undated = any(row.from_date is None for row in rows)
        if weeks or undated:
            yield Turnout(project_id, person_id, rows[0].department_id, weeks, ran)


def _planned_weeks(rows: Iterable[TesterRow], day: ProjectDay) -> int:
    """Return the planned weeks that are over, as bits."""
    planned = 0
    for row in rows:
        if row.from_date is not None:
            last = min(row.to_date or day.today, day.today)
            planned |= _bits(day.week_of(row.from_date), day.week_of(last) + 1)
    return planned & ~_bits(WEEKS_BACK, WEEKS_BACK + 1)


def _bits(start: int, end: int) -> int:
    """Return the weeks from one up to another as bits; weeks long ago have none."""
    low, high = max(start - FIRST_WEEK, 0), max(end - FIRST_WEEK, 0)
    return (1 << high) - (1 << low) if high > low else 0


def _quietest(counts: list[tuple[int, int]], as_of: datetime) -> Reading:
    done, due = min(counts, key=lambda pair: (pair[0] / pair[1], -pair[1]), default=(0, 0))
    return share(DEPARTMENT_MIN, done=done, due=due, as_of=as_of)
