"""Measure which processes stand signed on the evidence as it is now."""

from collections.abc import Collection
from datetime import datetime

from governance.choices import SignoffAct
from governance.querysets.batches import batches
from governance.querysets.ownership import accountable_rows
from governance.querysets.signatures import newest_signatures
from governance.readings import Readings, share
from readiness.metrics.evidence import evidence_hash, process_evidence

VALID = "sign.po_valid_pct"
HEAT_SIGNOFF = "heat.signoff"


def measure_signatures(*, project_ids: Collection[int], as_of: datetime) -> Readings:
    """Return how many processes stand signed: the newest act signs the evidence of today."""
    readings = Readings()
    valid = valid_signatures(project_ids=project_ids, as_of=as_of)
    for batch in batches(project_ids=project_ids, as_of=as_of):
        done = dict.fromkeys(batch.days, 0)
        due = dict.fromkeys(batch.days, 0)
        for row in accountable_rows(batch):
            stands = row.process_id in valid
            due[row.project_id] += 1
            done[row.project_id] += stands
            heat = share(HEAT_SIGNOFF, done=int(stands), due=1, as_of=as_of)
            readings.put(row.project_id, heat, process_id=row.process_id)
        for project_id, number in due.items():
            readings.put(project_id, share(VALID, done=done[project_id], due=number, as_of=as_of))
    return readings


def valid_signatures(*, project_ids: Collection[int], as_of: datetime) -> set[int]:
    """Return the processes whose newest act is a signature over their evidence as it is."""
    signed = {
        row.process_id: row
        for row in newest_signatures(project_ids=project_ids, as_of=as_of)
        if row.act == SignoffAct.SIGNED
    }
    if not signed:
        return set()
    evidence = process_evidence(
        project_ids={row.project_id for row in signed.values()}, as_of=as_of, process_ids=signed
    )
    return {
        process_id
        for process_id, body in evidence.items()
        if evidence_hash(body) == signed[process_id].evidence_hash
    }
