"""Measure which processes stand signed on the evidence as it is now."""

from governance.choices import SignoffAct
from governance.querysets.batches import Batch
from governance.querysets.signatures import newest_signatures
from governance.readings import Readings, share
from readiness.metrics.evidence import evidence_hash, evidence_of

VALID = "sign.po_valid_pct"
HEAT_SIGNOFF = "heat.signoff"


def measure_signatures(*, batch: Batch) -> Readings:
    """Return how many processes stand signed: the newest act signs the evidence of today."""
    readings = Readings()
    valid = signed_in(batch)
    done = dict.fromkeys(batch.days, 0)
    due = dict.fromkeys(batch.days, 0)
    for row in batch.processes:
        stands = row.process_id in valid
        due[row.project_id] += 1
        done[row.project_id] += stands
        heat = share(HEAT_SIGNOFF, done=int(stands), due=1, as_of=batch.as_of)
        readings.put(row.project_id, heat, process_id=row.process_id)
    for project_id, number in due.items():
        reading = share(VALID, done=done[project_id], due=number, as_of=batch.as_of)
        readings.put(project_id, reading)
    return readings


def signed_in(batch: Batch) -> set[int]:
    """Return the processes of a batch that stand signed."""
    signed = {
        row.process_id: row.evidence_hash
        for row in newest_signatures(project_ids=batch.project_ids, as_of=batch.as_of)
        if row.act == SignoffAct.SIGNED
    }
    if not signed:
        return set()
    evidence = evidence_of(batch, process_ids=signed)
    return {key for key, body in evidence.items() if evidence_hash(body) == signed[key]}
