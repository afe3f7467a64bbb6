"""Measure who answers for the processes in scope."""

from governance.querysets.batches import Batch
from governance.readings import Readings, share

PO_ASSIGNED = "own.po_assigned_pct"
HEAT_OWNER = "heat.owner"


def put_owners(readings: Readings, batch: Batch) -> None:
    """Put how many processes have an owner and a deputy, both active staff of the client.

    A process here is a node in scope at the level that its project owns and signs.
    """
    done = dict.fromkeys(batch.days, 0)
    due = dict.fromkeys(batch.days, 0)
    for row in batch.processes:
        due[row.project_id] += 1
        done[row.project_id] += row.has_owner and row.has_deputy
        heat = share(HEAT_OWNER, done=row.has_owner + row.has_deputy, due=2, as_of=batch.as_of)
        readings.put(row.project_id, heat, process_id=row.process_id)
    for project_id, number in due.items():
        reading = share(PO_ASSIGNED, done=done[project_id], due=number, as_of=batch.as_of)
        readings.put(project_id, reading)
