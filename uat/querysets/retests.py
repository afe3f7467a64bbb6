"""Scenarios that have to be done anew, because what they rested on turned out wrong."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill


class Retest(NamedTuple):
    """A scenario in scope that rests on a wrong assumption and was not tested since."""

    project_id: int
    assumption_code: str
    assumption_id: str
    code: str
    title: str
    scenario_id: str


_RETESTS = """
    SELECT d.project_id, a.code, CAST(a.public_id AS varchar(36)), s.code, s.title,
           CAST(s.public_id AS varchar(36))
      FROM governance_dependency d
      JOIN governance_assumption a ON a.id = d.assumption_id
      JOIN (SELECT assumption_id, ruling, ruled_at,
                   ROW_NUMBER() OVER (PARTITION BY assumption_id
                                      ORDER BY ruled_at DESC, id DESC) AS turn
              FROM governance_assumptionruling
             WHERE project_id IN ({projects})
               AND ruled_at <= %(as_of)s AND recorded_at <= %(as_of)s) r
        ON r.assumption_id = a.id AND r.turn = 1 AND r.ruling IN ('CORRECTED', 'REJECTED')
      JOIN uat_scenario s ON s.project_id = d.project_id AND s.code = d.code
      LEFT JOIN governance_businessprocess p ON p.id = s.process_id
     WHERE d.project_id IN ({projects}) AND d.kind = 'SCENARIO'
       AND d.noted_at <= %(as_of)s AND d.recorded_at <= %(as_of)s
       AND s.in_scope AND (p.id IS NULL OR p.in_scope) AND s.recorded_at <= %(as_of)s
       AND {assumption_seen} AND {scenario_seen}
       AND NOT EXISTS (SELECT 1 FROM uat_execution e
                        WHERE e.scenario_id = s.id AND e.affiliation = 'CLIENT'
                          AND e.result <> 'BLOCKED' AND e.executed_at >= r.ruled_at
                          AND e.executed_at <= %(as_of)s AND e.recorded_at <= %(as_of)s
                          AND {run_seen})
     ORDER BY d.project_id, a.code, s.code
"""


def retests(*, project_ids: Collection[int], as_of: datetime) -> list[Retest]:
    """Return what has to be done and tested anew, by assumption and scenario."""
    seen = {
        "assumption_seen": still_seen("a", dated=True),
        "scenario_seen": still_seen("s", dated=True),
        "run_seen": still_seen("e", dated=True),
    }
    rows = fetch_rows(fill(_RETESTS, projects=project_ids, **seen), {"as_of": as_of})
    return [Retest._make([*row[:2], _dashed(row[2]), *row[3:5], _dashed(row[5])]) for row in rows]


def _dashed(text: str) -> str:
    """Return a public identifier as it is written: SQLite keeps it without its dashes."""
    return str(UUID(text))
