"""What processes and projects wait for: decisions that are open, assumptions nobody ruled on."""

from collections.abc import Collection
from datetime import datetime

from governance.querysets.decisions import (
    SETTLED_ASSUMPTIONS,
    SETTLED_DECISIONS,
    standing,
)
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill

ConditionRow = tuple[int, str, str]
"""Accountable process, DECISION or ASSUMPTION, and the code of one that it waits for."""

_CONDITIONS = """
    SELECT DISTINCT p.accountable_id, 'DECISION', d.code
      FROM governance_decision d
      JOIN governance_decision_blocked_processes m ON m.decision_id = d.id
      JOIN governance_businessprocess p ON p.id = m.businessprocess_id
      LEFT JOIN ({decisions}) o ON o.decision_id = d.id
     WHERE p.accountable_id IN ({processes}) AND o.decision_id IS NULL
       AND {standing} AND {decision_seen}
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s
     UNION ALL
    SELECT DISTINCT p.accountable_id, 'ASSUMPTION', a.code
      FROM governance_assumption a
      JOIN governance_assumption_blocked_processes m ON m.assumption_id = a.id
      JOIN governance_businessprocess p ON p.id = m.businessprocess_id
      LEFT JOIN ({assumptions}) r ON r.assumption_id = a.id
     WHERE p.accountable_id IN ({processes}) AND r.assumption_id IS NULL
       AND {assumption_seen} AND a.raised_at <= %(as_of)s AND a.recorded_at <= %(as_of)s
"""
_SEEN = {
    "decision_seen": still_seen("d", dated=True),
    "assumption_seen": still_seen("a", dated=True),
    "standing": standing("d"),
}
_OPEN = """
    SELECT d.project_id, d.code, d.title
      FROM governance_decision d
      LEFT JOIN ({decisions}) o ON o.decision_id = d.id
     WHERE d.project_id IN ({projects}) AND o.decision_id IS NULL
       AND {standing} AND {decision_seen}
       AND d.raised_at <= %(as_of)s AND d.recorded_at <= %(as_of)s
     ORDER BY d.project_id, d.code
"""


def condition_rows(
    *, project_ids: Collection[int], process_ids: Collection[int], as_of: datetime
) -> list[ConditionRow]:
    """Return what these accountable processes wait for, in no order."""
    text = fill(_CONDITIONS, decisions=SETTLED_DECISIONS, assumptions=SETTLED_ASSUMPTIONS)
    text = fill(text, projects=project_ids, processes=process_ids, **_SEEN)
    return fetch_rows(text, {"as_of": as_of})


def open_decisions(*, project_ids: Collection[int], as_of: datetime) -> list[tuple[int, str, str]]:
    """Return project, code and title of each decision that the client has not taken, by code."""
    text = fill(_OPEN, decisions=SETTLED_DECISIONS, **_SEEN)
    return fetch_rows(fill(text, projects=project_ids), {"as_of": as_of})
