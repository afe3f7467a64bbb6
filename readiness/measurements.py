"""Ask every floor below what it counts; the one place that names them all."""

from collections.abc import Collection
from datetime import datetime

from governance.metrics import measure_governance
from governance.readings import Readings
from readiness.metrics import (
    measure_reports,
    measure_signatures,
    measure_testers,
    measure_untested,
)
from training.metrics import measure_training
from uat.metrics import measure_uat


def take_readings(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return every reading of these projects at a moment; a computed one beats a reported one."""
    readings = measure_reports(project_ids=project_ids, as_of=as_of)
    tested = measure_uat(project_ids=project_ids, as_of=as_of)
    for measured in (
        tested,
        measure_governance(project_ids=project_ids, as_of=as_of),
        measure_training(project_ids=project_ids, as_of=as_of),
        measure_testers(project_ids=project_ids, as_of=as_of),
        measure_signatures(project_ids=project_ids, as_of=as_of),
        measure_untested(project_ids=project_ids, as_of=as_of, tested=tested),
    ):
        readings.merge(measured)
    return readings
