"""What testing measures: scenarios, defects and who took part."""

from governance.querysets.batches import Batch
from governance.readings import Readings
from uat.metrics.coverage import put_coverage
from uat.metrics.defects import put_defects
from uat.metrics.engagement import put_engagement
from uat.metrics.sheets import sheet_of

__all__ = ["measure_uat"]


def measure_uat(*, batch: Batch) -> Readings:
    """Return the readings of scenarios, defects and testers, by project and by process."""
    readings = Readings()
    sheet = sheet_of(batch)
    put_coverage(readings, sheet)
    put_defects(readings, sheet)
    put_engagement(readings, batch)
    return readings
