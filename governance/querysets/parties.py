"""How much a partner decides and assumes, and what its assumptions hold up."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.decisions import SETTLED_ASSUMPTIONS
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill, moment_of, seconds_between
from governance.querysets.windows import Windows

DAY = 86_400


class PartTally(NamedTuple):
    """What was done in a stretch of a project: all of it, the partner's, and nobody knows whose."""

    project_id: int
    place: int
    everything: int
    by_partner: int
    unknown: int


class OpenAssumption(NamedTuple):
    """An assumption that nobody ruled on: its age in whole days and what rests on it.

    `dependants` counts the scenarios, criteria, decisions and processes that are named, and is
    at least 1: what rests on an assumption of which nobody said so is unknown, not nothing.
    """

    project_id: int
    assumption_id: int
    code: str
    raised_at: datetime
    days: int
    dependants: int
    is_overdue: bool

    @property
    def debt(self) -> int:
        """Return age times dependants. Source: mission row C6."""
        return self.days * self.dependants


_OUTCOMES = """
    WITH {windows}
    SELECT w.project_id, w.place, COUNT(*),
           COUNT(CASE WHEN o.decided_affiliation = 'PARTNER' THEN 1 END),
           COUNT(CASE WHEN o.decided_affiliation = 'UNKNOWN' THEN 1 END)
      FROM windows w
      JOIN (SELECT x.project_id, x.decided_affiliation, x.decided_at,
                   ROW_NUMBER() OVER (PARTITION BY x.decision_id
                                      ORDER BY x.decided_at DESC, x.id DESC) AS place
              FROM governance_decisionoutcome x
              JOIN governance_decision d ON d.id = x.decision_id
             WHERE x.project_id IN ({projects}) AND {outcome_seen} AND {decision_seen}
               AND x.decided_at <= %(as_of)s AND x.recorded_at <= %(as_of)s) o
        ON o.project_id = w.project_id AND o.place = 1
       AND o.decided_at >= w.starts_at AND o.decided_at < w.ends_at
     GROUP BY w.project_id, w.place
"""
_ASSUMED = """
    WITH {windows}
    SELECT w.project_id, w.place, COUNT(*),
           COUNT(CASE WHEN r.first_ruled_at IS NULL OR r.first_ruled_at >= w.ends_at THEN 1 END),
           0
      FROM windows w
      JOIN governance_assumption a
        ON a.project_id = w.project_id AND a.raised_at < w.ends_at
       AND a.made_affiliation = 'PARTNER'
      LEFT JOIN (SELECT assumption_id, MIN(ruled_at) AS first_ruled_at
                   FROM governance_assumptionruling
                  WHERE project_id IN ({projects})
                    AND ruled_at <= %(as_of)s AND recorded_at <= %(as_of)s
                  GROUP BY assumption_id) r ON r.assumption_id = a.id
     WHERE a.recorded_at <= %(as_of)s AND {seen}
     GROUP BY w.project_id, w.place
"""
_OPEN = """
    WITH {batch}
    SELECT a.project_id, a.id, a.code, a.raised_at, {age},
           COALESCE(m.number, 0) + COALESCE(x.number, 0),
           CASE WHEN a.raised_at < b.overdue_before THEN 1 ELSE 0 END
      FROM governance_assumption a
      JOIN batch b ON b.project_id = a.project_id
      LEFT JOIN (SELECT assumption_id, COUNT(*) AS number
                   FROM governance_assumption_blocked_processes
                  GROUP BY assumption_id) m ON m.assumption_id = a.id
      LEFT JOIN (SELECT assumption_id, COUNT(*) AS number
                   FROM governance_dependency
                  WHERE project_id IN ({projects}) AND assumption_id IS NOT NULL
                    AND noted_at <= %(as_of)s AND recorded_at <= %(as_of)s
                  GROUP BY assumption_id) x ON x.assumption_id = a.id
      LEFT JOIN ({settled}) r ON r.assumption_id = a.id
     WHERE a.raised_at <= %(as_of)s AND a.recorded_at <= %(as_of)s AND {seen}
       AND r.assumption_id IS NULL
     ORDER BY a.project_id, a.raised_at, a.id
"""


def outcome_parts(windows: Windows) -> Iterator[PartTally]:
    """Yield the decisions taken, by the newest outcome of each: who took it."""
    seen = {
        "outcome_seen": still_seen("x", dated=True),
        "decision_seen": still_seen("d", dated=True),
    }
    return _parts(fill(_OUTCOMES, **seen), windows)


def assumption_parts(windows: Windows) -> Iterator[PartTally]:
    """Yield what partners had assumed by the end of each stretch; `by_partner` is unratified."""
    return _parts(fill(_ASSUMED, seen=still_seen("a", dated=True)), windows)


def _parts(text: str, windows: Windows) -> Iterator[PartTally]:
    full = fill(text, windows=windows.table, projects=windows.project_ids)
    return map(PartTally._make, fetch_rows(full, windows.moments))


def open_assumptions(batch: Batch) -> list[OpenAssumption]:
    """Return the assumptions that wait for an owner's word, the oldest first.

    One is overdue that has waited for more than five working days (criterion DX-06).
    """
    text = fill(
        _OPEN,
        batch=batch.table,
        age=seconds_between("a.raised_at", "%(as_of)s"),
        settled=SETTLED_ASSUMPTIONS,
        seen=still_seen("a", dated=True),
    )
    return [
        OpenAssumption(
            row[0], row[1], row[2], moment_of(row[3]), row[4] // DAY, max(row[5], 1), bool(row[6])
        )
        for row in fetch_rows(fill(text, projects=batch.project_ids), batch.moments)
    ]
