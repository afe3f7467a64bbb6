"""Measure who takes part in testing: the client's share of runs, and each department."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from governance.querysets.batches import Batch, ProjectDay
from governance.readings import Reading, Readings, share
from uat.querysets.engagement import TesterRow, run_tallies, tester_rows

CLIENT_SHARE = "eng.client_exec_share"
DEPARTMENT_MIN = "eng.dept_min"

Weeks = dict[int, set[int]]


def put_engagement(readings: Readings, batch: Batch) -> None:
    """Put the client's share of all runs, and the share of the quietest department.

    A planned tester took part who ran something in each planned week that is over; without
    dates, who ran anything at all.
    """
    active = _put_shares(readings, batch)
    _put_departments(readings, batch, active)


def _put_shares(readings: Readings, batch: Batch) -> Weeks:
    """Put each project's share, and return person id -> the weeks in which they ran something."""
    everybody = dict.fromkeys(batch.days, 0)
    client = dict.fromkeys(batch.days, 0)
    active: Weeks = defaultdict(set)
    for project_id, person_id, by_client, week, runs in run_tallies(batch):
        everybody[project_id] += runs
        if by_client:
            client[project_id] += runs
            if person_id is not None:
                active[person_id].add(week)
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
            took_part = _took_part(active.get(person_id, set()), rows, day)
            if took_part is not None:
                due[rows[0].department_id] += 1
                done[rows[0].department_id] += took_part
        counts = [(done[department], number) for department, number in due.items()]
        readings.put(project_id, _quietest(counts, batch.as_of))


def _took_part(weeks: set[int], rows: Iterable[TesterRow], day: ProjectDay) -> bool | None:
    """Say whether somebody ran something in each planned week; None before one is over."""
    planned: set[int] = set()
    undated = False
    for row in rows:
        if row.from_date is None:
            undated = True
        else:
            last = min(row.to_date or day.today, day.today)
            planned.update(range(day.week_of(row.from_date), day.week_of(last) + 1))
    planned.discard(day.week_of(day.today))
    if planned:
        return planned <= weeks
    return bool(weeks) if undated else None


def _quietest(counts: list[tuple[int, int]], as_of: datetime) -> Reading:
    done, due = min(counts, key=lambda pair: (pair[0] / pair[1], -pair[1]), default=(0, 0))
    return share(DEPARTMENT_MIN, done=done, due=due, as_of=as_of)
