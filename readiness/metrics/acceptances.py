"""Measure the scenarios that nobody tested and nobody signed for."""

from governance.querysets.batches import Batch
from governance.readings import Readings, count
from readiness.querysets import accepted_scenarios
from uat.metrics.coverage import EXECUTED
from uat.querysets.tallies import untested_among

UNSIGNED_UNTESTED = "uat.unsigned_untested"


def measure_untested(*, batch: Batch, tested: Readings) -> Readings:
    """Return the scenarios in scope without a valid run by the business or an acceptance.

    `tested` holds what testing measured of the same batch.
    """
    accepted = accepted_scenarios(project_ids=batch.project_ids, as_of=batch.as_of)
    covered = untested_among(batch, scenario_ids=accepted) if accepted else {}
    readings = Readings()
    for project_id in batch.days:
        run = tested.get(project_id, EXECUTED)
        done, due = (run.done or 0, run.due or 0) if run else (0, 0)
        value = due - done - covered.get(project_id, 0)
        reading = count(UNSIGNED_UNTESTED, value=value, population=due, as_of=batch.as_of)
        readings.put(project_id, reading)
    return readings
