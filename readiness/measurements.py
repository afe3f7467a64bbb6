"""Ask every floor below what it counts; the one place that names them all."""

from collections.abc import Collection
from datetime import datetime

from governance.metrics import measure_governance
from governance.querysets.batches import Batch, batches
from governance.readings import Readings
from readiness.metrics import (
    measure_documents,
    measure_reports,
    measure_reviews,
    measure_signatures,
    measure_untested,
)
from readiness.querysets import reported_by_policy
from training.metrics import measure_training
from training.querysets.grid import projects_ahead as ahead_in_training
from uat.metrics import measure_uat
from uat.querysets.engagement import TESTERS
from uat.querysets.tallies import projects_ahead as ahead_in_testing


def take_readings(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return every reading of these projects at a moment; a computed one beats a reported one.

    But what an older policy of a project has reported by hand is left to whoever reports it.
    """
    readings, counted = measure_reports(project_ids=project_ids, as_of=as_of), Readings()
    for whole in batches(project_ids=project_ids, as_of=as_of):
        ahead = ahead_in_testing(whole) | ahead_in_training(whole)
        for batch in whole.parted(ahead):
            _measure(counted, batch)
    for project_id, metric in reported_by_policy(project_ids=project_ids):
        counted.by_project.get(project_id, {}).pop((None, metric), None)
    readings.merge(counted)
    return readings


def _measure(readings: Readings, batch: Batch) -> None:
    tested = measure_uat(batch=batch)
    readings.merge(tested)
    readings.merge(measure_governance(batch=batch))
    readings.merge(measure_training(batch=batch, testers=TESTERS))
    readings.merge(measure_signatures(batch=batch))
    readings.merge(measure_documents(batch=batch))
    readings.merge(measure_reviews(batch=batch))
    readings.merge(measure_untested(batch=batch, tested=tested))
