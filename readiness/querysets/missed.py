"""Hard criteria that are missed now, and those that were missed every night for days."""

from collections.abc import Collection
from datetime import datetime, timedelta

from governance.querysets.statements import fetch_rows, fill

MISSED_DAYS = 7
"""A hard criterion that was missed every night for so long escalates itself."""
Missed = set[tuple[int, str, str]]

# that escalations wait is no reason for one more of them
_HARD = "f.is_hard AND f.metric <> 'esc.overdue'"
_NOW = """
    SELECT f.project_id, f.gate_key, f.criterion_key
      FROM (SELECT project_id, MAX(as_of) AS as_of FROM readiness_snapshot
             WHERE project_id IN ({projects}) AND as_of <= %(as_of)s GROUP BY project_id) newest
      JOIN readiness_snapshot s
        ON s.project_id = newest.project_id AND s.as_of = newest.as_of
      JOIN readiness_finding f ON f.snapshot_id = s.id
     WHERE {hard} AND f.state = 'MISSED'
"""
_FOR_DAYS = """
    SELECT f.project_id, f.gate_key, f.criterion_key
      FROM readiness_snapshot s
      JOIN readiness_finding f ON f.snapshot_id = s.id
     WHERE s.project_id IN ({projects}) AND s."trigger" IN ('NIGHT', 'BACKFILL')
       AND s.as_of > %(since)s AND s.as_of <= %(as_of)s AND {hard}
     GROUP BY f.project_id, f.gate_key, f.criterion_key
    HAVING SUM(CASE WHEN f.state <> 'MISSED' THEN 1 ELSE 0 END) = 0
       AND COUNT(DISTINCT s.local_date) >= {days}
"""


def missed_now(*, project_ids: Collection[int], as_of: datetime) -> Missed:
    """Return project, gate and key of each hard criterion that the newest judgement misses."""
    return set(_asked(_NOW, project_ids, {"as_of": as_of}))


def missed_for_days(*, project_ids: Collection[int], as_of: datetime) -> Missed:
    """Return those that every night of the last MISSED_DAYS missed, and there were as many."""
    since = as_of - timedelta(days=MISSED_DAYS + 1)
    text = _FOR_DAYS.replace("{days}", str(MISSED_DAYS))
    return set(_asked(text, project_ids, {"as_of": as_of, "since": since}))


def _asked(
    text: str, project_ids: Collection[int], moments: dict[str, datetime]
) -> list[tuple[int, str, str]]:
    found = fetch_rows(fill(text, projects=project_ids, hard=_HARD), moments)
    return [(project_id, gate, key) for project_id, gate, key in found]
