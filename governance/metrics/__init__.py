"""What the map measures: owners, decisions and assumptions."""

from collections.abc import Collection
from datetime import datetime

from governance.metrics.decisions import put_decisions
from governance.metrics.owners import put_owners
from governance.querysets.batches import batches
from governance.querysets.ownership import accountable_rows
from governance.readings import Readings

__all__ = ["measure_governance"]


def measure_governance(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return the readings of owners, decisions and assumptions, by project and by process."""
    readings = Readings()
    for batch in batches(project_ids=project_ids, as_of=as_of):
        processes = accountable_rows(batch)
        put_owners(readings, batch, processes)
        put_decisions(readings, batch, processes)
    return readings
