"""Measure how fast the business decides, and what waits for it."""

from collections import defaultdict
from decimal import Decimal

from governance.querysets.batches import Batch
from governance.querysets.decisions import (
    assumption_tallies,
    blocking_tallies,
    decision_tallies,
)
from governance.readings import Readings, count, days, share

LATENCY_P80 = "dec.latency_p80"
BLOCKING_OPEN = "dec.blocking_open"
UNRATIFIED = "asm.unratified"
HEAT_DECISIONS = "heat.decisions"
_HUNDREDTH = Decimal("0.01")


def put_decisions(readings: Readings, batch: Batch) -> None:
    """Put decision latency, open blockers, unratified assumptions, and the heat of them."""
    _put_decisions(readings, batch)
    _put_assumptions(readings, batch)
    _put_heat(readings, batch)


def _put_decisions(readings: Readings, batch: Batch) -> None:
    tallies = {tally.project_id: tally for tally in decision_tallies(batch)}
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


def _put_assumptions(readings: Readings, batch: Batch) -> None:
    tallies = {tally.project_id: tally for tally in assumption_tallies(batch)}
    for project_id in batch.days:
        tally = tallies.get(project_id)
        made, overdue = (tally.made, tally.overdue) if tally else (0, 0)
        readings.put(
            project_id, count(UNRATIFIED, value=overdue, population=made, as_of=batch.as_of)
        )


def _put_heat(readings: Readings, batch: Batch) -> None:
    settled: defaultdict[int, int] = defaultdict(int)
    raised: defaultdict[int, int] = defaultdict(int)
    for tally in blocking_tallies(batch):
        settled[tally.process_id] += tally.settled
        raised[tally.process_id] += tally.raised
    for process in batch.processes:
        key = process.process_id
        heat = share(HEAT_DECISIONS, done=settled[key], due=raised[key], as_of=batch.as_of)
        readings.put(process.project_id, heat, process_id=key)
