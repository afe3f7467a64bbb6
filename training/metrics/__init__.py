"""What training measures: completion, proficiency, cover, freshness and testers."""

from governance.querysets.batches import Batch
from governance.readings import Readings
from training.metrics.cover import put_cover
from training.metrics.curriculum import put_curriculum
from training.metrics.sheets import sheet_of
from training.metrics.trainees import put_trainees

__all__ = ["measure_training"]


def measure_training(*, batch: Batch, testers: str) -> Readings:
    """Return the readings of required training, by project and by process.

    `testers` is the query of those who test, which training itself does not know: see
    `count_training`.
    """
    readings = Readings()
    sheet = sheet_of(batch, wanted=testers)
    put_curriculum(readings, sheet)
    put_cover(readings, sheet)
    put_trainees(readings, sheet)
    return readings
