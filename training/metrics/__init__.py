"""What training measures: completion, proficiency, cover and freshness."""

from collections.abc import Collection
from datetime import datetime

from governance.querysets.batches import batches
from governance.readings import Readings
from training.metrics.cover import put_cover
from training.metrics.curriculum import put_curriculum
from training.metrics.sheets import Sheet, sheet_of
from training.metrics.trainees import Trainees, measure_trainees

__all__ = ["Trainees", "measure_trainees", "measure_training"]


def measure_training(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return the readings of required training, by project and by process."""
    readings = Readings()
    for batch in batches(project_ids=project_ids, as_of=as_of):
        sheet = sheet_of(batch)
        _put_sheet(readings, sheet)
        for part in batch.parted(sheet.ahead):
            if part is not batch and not part.is_current:
                _put_sheet(readings, sheet_of(part))
    return readings


def _put_sheet(readings: Readings, sheet: Sheet) -> None:
    put_curriculum(readings, sheet)
    put_cover(readings, sheet)
