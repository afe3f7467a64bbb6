"""What testing measures: scenarios, defects and who took part."""

from collections.abc import Collection
from datetime import datetime

from governance.querysets.batches import batches
from governance.readings import Readings
from uat.metrics.coverage import put_coverage
from uat.metrics.defects import put_defects
from uat.metrics.engagement import put_engagement
from uat.metrics.sheets import sheet_of
from uat.querysets.tallies import projects_ahead

__all__ = ["measure_uat"]


def measure_uat(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return the readings of scenarios, defects and testers, by project and by process."""
    readings = Readings()
    for whole in batches(project_ids=project_ids, as_of=as_of):
        for batch in whole.parted(projects_ahead(whole)):
            sheet = sheet_of(batch)
            put_coverage(readings, sheet)
            put_defects(readings, sheet)
            put_engagement(readings, batch)
    return readings
