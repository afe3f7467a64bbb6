"""Measure who takes part in testing: the client's share of runs, and each department."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from governance.querysets.batches import WEEKS_BACK, Batch, ProjectDay
from governance.readings import Reading, Readings, share
from uat.querysets.engagement import FIRST_WEEK, TesterRow, run_tallies, tester_rows

CLIENT_SHARE = "eng.client_exec_share"
DEPARTMENT_MIN = "eng.dept_min"

Weeks = dict[int, int]
"""Person id -> the weeks in which the person ran something, as bits."""


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
    planned: dict[int, dict[int, list[TesterRow]]] = {key: {} for key in batch.days}
    for row in tester_rows(batch):
        planned[row.project_id].setdefault(row.person_id, []).append(row)
    for project_id, testers in planned.items():
        day = batch.days[project_id]
        done: defaultdict[int | None, int] = defaultdict(int)
        due: defaultdict[int | None, int] = defaultdict(int)
        for person_id, rows in testers.items():
            took_part = _took_part(active.get(person_id, 0), rows, day)
            if took_part is not None:
                due[rows[0].department_id] += 1
                done[rows[0].department_id] += took_part
        counts = [(done[department], number) for department, number in due.items()]
        readings.put(project_id, _quietest(counts, batch.as_of))


def _took_part(weeks: int, rows: Iterable[TesterRow], day: ProjectDay) -> bool | None:
    """Say whether somebody ran something in each planned week; None before one is over."""
    planned = 0
    undated = False
    for row in rows:
        if row.from_date is None:
            undated = True
        else:
            last = min(row.to_date or day.today, day.today)
            planned |= _bits(day.week_of(row.from_date), day.week_of(last) + 1)
    planned &= ~_bits(WEEKS_BACK, WEEKS_BACK + 1)
    if planned:
        return planned & weeks == planned
    return bool(weeks) if undated else None


def _bits(start: int, end: int) -> int:
    """Return the weeks from one up to another as bits; weeks long ago have none."""
    low, high = max(start - FIRST_WEEK, 0), max(end - FIRST_WEEK, 0)
    return (1 << high) - (1 << low) if high > low else 0


def _quietest(counts: list[tuple[int, int]], as_of: datetime) -> Reading:
    done, due = min(counts, key=lambda pair: (pair[0] / pair[1], -pair[1]), default=(0, 0))
    return share(DEPARTMENT_MIN, done=done, due=due, as_of=as_of)
