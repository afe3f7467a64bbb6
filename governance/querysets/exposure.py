"""Open decisions as they stood at a moment, and everything that waits for each of them."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from governance.querysets.batches import Batch
from governance.querysets.decisions import (
    ASKED,
    KNOWN,
    LINEAGE,
    SETTLED_DECISIONS,
    standing,
)
from governance.querysets.statements import day_of, fetch_rows, fill, moment_of


class OpenDecision(NamedTuple):
    """A decision that nobody of the client has taken and nothing took the place of.

    `asked_at` is when the question was first asked: of one that replaced an open one, then.
    """

    project_id: int
    pk: int
    public_id: str
    code: str
    title: str
    kind: str
    decider: str
    due_date: date | None
    blocks_go_live: bool
    asked_at: datetime


WaitingRow = tuple[int, int, str, str, int | None]
"""Project, decision, kind and code of what waits, and the decision or process that does."""

_OPEN = """
    WITH RECURSIVE {lineage}
    SELECT d.project_id, d.id, d.public_id, d.code, d.title, d.kind, COALESCE(u.name, ''),
           d.due_date, d.blocks_go_live, COALESCE(a.asked_at, d.raised_at)
      FROM (SELECT * FROM governance_decision known WHERE {known}) d
      LEFT JOIN ({settled}) o ON o.decision_id = d.id
      LEFT JOIN {asked} a ON a.id = d.id
      LEFT JOIN governance_user u ON u.id = d.decider_id
     WHERE o.decision_id IS NULL AND {standing}
     ORDER BY d.project_id, d.id
"""
_WAITING = """
    SELECT w.project_id, w.decision_id, w.kind, w.code, w.waiting_id
      FROM governance_dependency w
     WHERE w.project_id IN ({projects}) AND w.decision_id IS NOT NULL
       AND w.noted_at <= %(as_of)s AND w.recorded_at <= %(as_of)s
"""
_PROCESSES = """
    SELECT p.project_id, m.decision_id, 'PROCESS', p.code, COALESCE(p.accountable_id, p.id)
      FROM governance_decision_blocked_processes m
      JOIN governance_businessprocess p ON p.id = m.businessprocess_id
     WHERE p.project_id IN ({projects})
"""


def open_at(batch: Batch) -> list[OpenDecision]:
    """Return the decisions that were open at the batch's moment, in the order of their keys."""
    text = fill(_OPEN, lineage=LINEAGE, asked=ASKED, known=KNOWN, settled=SETTLED_DECISIONS)
    text = fill(text, standing=standing("d"))
    rows = fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
    return [
        OpenDecision(
            project_id=row[0],
            pk=row[1],
            public_id=str(UUID(str(row[2]))),
            code=row[3],
            title=row[4],
            kind=row[5],
            decider=row[6],
            due_date=day_of(row[7]),
            blocks_go_live=bool(row[8]),
            asked_at=moment_of(row[9]),
        )
        for row in rows
    ]


def waiting_at(batch: Batch) -> list[WaitingRow]:
    """Return what waits for decisions, open or not: codes, decisions, then processes.

    Plain tuples, as there may be tens of thousands.
    """
    text = fill(f"{_WAITING} UNION ALL {_PROCESSES}", projects=batch.project_ids)
    return fetch_rows(text, {"as_of": batch.as_of})
