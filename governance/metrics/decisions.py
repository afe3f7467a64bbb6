"""Measure how fast the business decides, and what waits for it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache

from governance.querysets.batches import Batch, ProjectDay
from governance.querysets.decisions import (
    AssumptionRow,
    DecisionRow,
    assumption_rows,
    blocking_rows,
    decision_rows,
)
from governance.readings import Reading, Readings, count, days, share

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
    by_project: dict[int, list[DecisionRow]] = {key: [] for key in batch.days}
    for row in decision_rows(project_ids=batch.project_ids, as_of=batch.as_of):
        by_project[row.project_id].append(row)
    for project_id, rows in by_project.items():
        readings.put(project_id, _latency(rows, batch.as_of))
        waiting = sum(row.blocks_go_live and row.decided_at is None for row in rows)
        readings.put(
            project_id,
            count(BLOCKING_OPEN, value=waiting, population=len(rows), as_of=batch.as_of),
        )


def _latency(rows: Sequence[DecisionRow], as_of: datetime) -> Reading:
    """Return the days within which four of five were decided (nearest rank); open ones age."""
    ages = sorted((row.decided_at or as_of) - row.raised_at for row in rows)
    place = -(-len(ages) * 4 // 5) - 1
    value = _in_days(ages[place]) if ages else None
    return days(LATENCY_P80, value=value, population=len(ages), as_of=as_of)


def _in_days(age: timedelta) -> Decimal:
    return (Decimal(age // timedelta(microseconds=1)) / 86_400_000_000).quantize(_HUNDREDTH)


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
