"""Measure the scenarios that nobody tested and nobody signed for."""

from collections.abc import Collection
from datetime import datetime

from governance.querysets.batches import batches
from governance.readings import Readings, count
from readiness.querysets import accepted_scenarios
from uat.metrics.coverage import EXECUTED
from uat.querysets.tallies import projects_ahead, untested_among

UNSIGNED_UNTESTED = "uat.unsigned_untested"


def measure_untested(
    *, project_ids: Collection[int], as_of: datetime, tested: Readings
) -> Readings:
    """Return the scenarios in scope without a valid run by the business or an acceptance.

    `tested` holds what testing measured at the same moment.
    """
    accepted = accepted_scenarios(project_ids=project_ids, as_of=as_of)
    covered: dict[int, int] = {}
    if accepted:
        for whole in batches(project_ids=project_ids, as_of=as_of):
            for batch in whole.parted(projects_ahead(whole)):
                covered.update(untested_among(batch, scenario_ids=accepted))
    readings = Readings()
    for project_id in project_ids:
        run = tested.get(project_id, EXECUTED)
        done, due = (run.done or 0, run.due or 0) if run else (0, 0)
        value = due - done - covered.get(project_id, 0)
        readings.put(project_id, count(UNSIGNED_UNTESTED, value=value, population=due, as_of=as_of))
    return readings
