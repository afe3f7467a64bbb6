"""What training measures: completion, proficiency, cover and freshness."""

from governance.querysets.batches import Batch
from governance.readings import Readings
from training.metrics.cover import put_cover
from training.metrics.curriculum import put_curriculum
from training.metrics.sheets import sheet_of

__all__ = ["measure_training"]


def measure_training(*, batch: Batch) -> Readings:
    """Return the readings of required training, by project and by process."""
    readings = Readings()
    sheet = sheet_of(batch)
    put_curriculum(readings, sheet)
    put_cover(readings, sheet)
    return readings
