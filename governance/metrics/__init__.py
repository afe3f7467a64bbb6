"""What the map measures: owners, decisions and assumptions."""

from governance.metrics.decisions import put_decisions
from governance.metrics.escalations import put_escalations
from governance.metrics.exterior import put_exterior
from governance.metrics.meetings import put_meetings
from governance.metrics.owners import put_owners
from governance.metrics.rights import put_rights
from governance.querysets.batches import Batch
from governance.readings import Readings

__all__ = ["measure_governance"]


def measure_governance(*, batch: Batch) -> Readings:
    """Return the readings of owners, decisions and assumptions, by project and by process."""
    readings = Readings()
    put_owners(readings, batch)
    put_decisions(readings, batch)
    put_escalations(readings, batch)
    put_rights(readings, batch)
    put_meetings(readings, batch)
    put_exterior(readings, batch)
    return readings
