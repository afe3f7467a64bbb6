"""Measure how fast the business decides, and what waits for it."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from governance.querysets.batches import Batch, ProjectDay
from governance.querysets.decisions import (
    AssumptionRow,
    assumption_rows,
    blocking_rows,
    decision_tallies,
)
from governance.readings import Readings, count, days, share

LATENCY_P80 = "dec.latency_p80"
BLOCKING_OPEN = "dec.blocking_open"
UNRATIFIED = "asm.unratified"
HEAT_DECISIONS = "heat.decisions"
RULING_WORKDAYS = 5
_DAY = timedelta(days=1)
_SATURDAY = 5
_HUNDREDTH = Decimal("0.01")


def put_decisions(readings: Readings, batch: Batch) -> None:
    """Put decision latency, open blockers, unratified assumptions, and the heat of them."""
    _put_decisions(readings, batch)
    _put_assumptions(readings, batch)
    _put_heat(readings, batch)


def _put_decisions(readings: Readings, batch: Batch) -> None:
    tallies = {
        tally.project_id: tally
        for tally in decision_tallies(project_ids=batch.project_ids, as_of=batch.as_of)
    }
    for project_id in batch.days:
        tally = tallies.get(project_id)
        raised, waiting = (tally.raised, tally.blocking_open) if tally else (0, 0)
        readings.put(
            project_id,
            count(BLOCKING_OPEN, value=waiting, population=raised, as_of=batch.as_of),
        )
        latency = _in_days(tally.latency) if tally else None
        readings.put(
            project_id, days(LATENCY_P80, value=latency, population=raised, as_of=batch.as_of)
        )


def _in_days(seconds: int) -> Decimal:
    return (Decimal(seconds) / 86_400).quantize(_HUNDREDTH)


@lru_cache(maxsize=64)
def workdays_before(day: date, number: int) -> date:
    """Return the last date with so many working days (Monday to Friday) after it, up to a day."""
    while number:
        number -= day.weekday() < _SATURDAY
        day -= _DAY
    return day


def _put_assumptions(readings: Readings, batch: Batch) -> None:
    by_project: dict[int, list[AssumptionRow]] = {key: [] for key in batch.days}
    for row in assumption_rows(project_ids=batch.project_ids, as_of=batch.as_of):
        by_project[row.project_id].append(row)
    for project_id, rows in by_project.items():
        overdue = sum(_is_overdue(row, batch.days[project_id]) for row in rows)
        readings.put(
            project_id, count(UNRATIFIED, value=overdue, population=len(rows), as_of=batch.as_of)
        )


def _is_overdue(row: AssumptionRow, day: ProjectDay) -> bool:
    """Say whether an assumption has gone without a ruling for more than five working days."""
    if row.is_ruled:
        return False
    raised = row.raised_at.astimezone(day.zone).date()
    return raised <= workdays_before(day.today, RULING_WORKDAYS + 1)


def _put_heat(readings: Readings, batch: Batch) -> None:
    settled: defaultdict[int, int] = defaultdict(int)
    raised: defaultdict[int, int] = defaultdict(int)
    for row in blocking_rows(project_ids=batch.project_ids, as_of=batch.as_of):
        settled[row.process_id] += row.settled
        raised[row.process_id] += row.raised
    for process in batch.processes:
        key = process.process_id
        heat = share(HEAT_DECISIONS, done=settled[key], due=raised[key], as_of=batch.as_of)
        readings.put(process.project_id, heat, process_id=key)
