"""Defects counted by process, from the kept states or from their dated events: one formula."""

from collections.abc import Iterator
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill
from uat.querysets.defects import STATES_BY_DEFECT


class DefectTally(NamedTuple):
    """Defects of one accountable process, or of none.

    S1 and P1 are showstoppers, S2 and P2 are high. `cared_for` counts those that are closed
    or have an owner and a date; `mended` those that were ever fixed or closed.
    """

    project_id: int
    process_id: int | None
    raised: int
    open_s1s2: int
    open_p2: int
    open_ml: int
    cared_for: int
    mended: int
    reopened: int
    triaged: int
    training: int


_NOW = """
    SELECT id AS defect_id, state, was_reopened FROM uat_defect WHERE project_id IN ({projects})
"""
_THEN = """
    SELECT defect_id, state, reopened = 1 AS was_reopened FROM ({states}) dated WHERE place = 1
"""
_KNOWN = "happened_at <= %(as_of)s AND recorded_at <= %(as_of)s AND "
_KNOWN += still_seen("v", dated=True)
_OPEN = "COALESCE(e.state, 'OPEN') NOT IN ('CLOSED', 'REJECTED')"
_TALLY = """
    SELECT d.project_id, COALESCE(own.accountable_id, tested.accountable_id), COUNT(*),
           COUNT(CASE WHEN {open} AND d.severity IN ('SHOWSTOPPER', 'HIGH') THEN 1 END),
           COUNT(CASE WHEN {open} AND d.severity = 'HIGH' THEN 1 END),
           COUNT(CASE WHEN {open} AND d.severity IN ('MEDIUM', 'LOW') THEN 1 END),
           COUNT(CASE WHEN NOT ({open})
                        OR (d.owner_name <> '' AND d.fix_due_date IS NOT NULL) THEN 1 END),
           COUNT(CASE WHEN e.state IN ('FIXED', 'CLOSED') OR e.was_reopened THEN 1 END),
           COUNT(CASE WHEN e.was_reopened THEN 1 END),
           COUNT(CASE WHEN d.triage <> 'UNTRIAGED' THEN 1 END),
           COUNT(CASE WHEN d.triage = 'TRAINING' THEN 1 END)
      FROM uat_defect d
      LEFT JOIN ({states}) e ON e.defect_id = d.id
      LEFT JOIN governance_businessprocess own ON own.id = d.process_id
      LEFT JOIN uat_scenario s ON s.id = d.scenario_id
      LEFT JOIN governance_businessprocess tested ON tested.id = s.process_id
     WHERE d.project_id IN ({projects})
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s AND {kept}
     GROUP BY 1, 2
     ORDER BY 1, 2
"""


def states_in(batch: Batch) -> str:
    """Return the query of each defect's state as it stood at the batch's moment."""
    return _NOW if batch.is_current else fill(_THEN, states=fill(STATES_BY_DEFECT, seen=_KNOWN))


def defect_tallies(batch: Batch) -> Iterator[DefectTally]:
    """Yield the counts of each accountable process; those of no process come under None."""
    text = fill(_TALLY, open=_OPEN, states=states_in(batch), kept=still_seen("d", dated=True))
    rows = fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
    return map(DefectTally._make, rows)
