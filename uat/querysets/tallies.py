"""Scenarios counted by process, from the kept columns or from the dated rows: one formula."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill
from uat.querysets.changes import changes_by_scenario
from uat.querysets.executions import RUNS_BY_BUSINESS

HEAT_CLASSES = ("HAPPY_PATH", "EXCEPTION", "REVERSAL", "EDGE", "REPORT")
KNOWN_RUNS = "executed_at <= %(as_of)s AND recorded_at <= %(as_of)s AND "
KNOWN_RUNS += still_seen("r", dated=True)
_KEPT = {table: still_seen(table, dated=True) for table in ("s", "p", "c")}
KNOWN_CHANGES = "changed_at <= %(as_of)s AND recorded_at <= %(as_of)s"


class ClassTally(NamedTuple):
    """Scenarios of one class: in scope, run by the business, passed; the last two not stale."""

    due: int
    tested: int
    passed: int


class ScenarioTally(NamedTuple):
    """Scenarios in scope of one accountable process, or of none.

    `tested` and `passed` count newest runs by the business since the last change; `passes`
    counts passes old and new, `ever_run` those the business ran at all.
    """

    project_id: int
    process_id: int | None
    due: int
    complete: int
    tested: int
    passed: int
    passes: int
    ever_run: int
    first_failed: int
    classes: dict[str, ClassTally]


_SEEN_NOW = """
    SELECT s.id, s.project_id, s.process_id, s.scenario_class, s.latest_execution_id AS run_id,
           s.latest_result AS result, s.latest_executed_at AS executed_at, s.first_result,
           s.changed_at, s.entry_criteria <> '' AND s.steps <> '' AND s.expected_result <> ''
               AS is_complete
      FROM uat_scenario s
     WHERE s.in_scope AND s.project_id IN ({projects}) AND s.recorded_at <= %(as_of)s
       AND {kept_s}
"""
_SEEN_THEN = """
    SELECT s.id, s.project_id, s.process_id, s.scenario_class, r.run_id,
           COALESCE(r.result, '') AS result, r.executed_at,
           COALESCE(r.first_result, '') AS first_result,
           c.changed_at, s.entry_criteria <> '' AND s.steps <> '' AND s.expected_result <> ''
               AS is_complete
      FROM uat_scenario s
      LEFT JOIN ({runs}) r ON r.scenario_id = s.id AND r.place = 1
      LEFT JOIN ({changes}) c ON c.id = s.id
     WHERE s.in_scope AND s.project_id IN ({projects}) AND s.recorded_at <= %(as_of)s
       AND {kept_s}
"""
SEEN = """
    SELECT x.*, p.accountable_id,
           x.result IN ('PASSED', 'PASSED_WITH_COMMENTS', 'FAILED')
               AND (x.changed_at IS NULL OR x.executed_at >= x.changed_at) AS is_tested,
           x.result IN ('PASSED', 'PASSED_WITH_COMMENTS')
               AND (x.changed_at IS NULL OR x.executed_at >= x.changed_at) AS is_passed
      FROM ({source}) x
      LEFT JOIN governance_businessprocess p ON p.id = x.process_id
     WHERE p.id IS NULL OR p.in_scope
"""
_CLASS = """
    COUNT(CASE WHEN scenario_class = '{name}' THEN 1 END),
    COUNT(CASE WHEN scenario_class = '{name}' AND is_tested THEN 1 END),
    COUNT(CASE WHEN scenario_class = '{name}' AND is_passed THEN 1 END)
"""
_TALLY = """
    SELECT project_id, accountable_id, COUNT(*),
           COUNT(CASE WHEN is_complete AND process_id IS NOT NULL THEN 1 END),
           COUNT(CASE WHEN is_tested THEN 1 END),
           COUNT(CASE WHEN is_passed THEN 1 END),
           COUNT(CASE WHEN result IN ('PASSED', 'PASSED_WITH_COMMENTS') THEN 1 END),
           COUNT(run_id),
           COUNT(CASE WHEN first_result = 'FAILED' THEN 1 END),
           {classes}
      FROM ({seen}) seen
     GROUP BY project_id, accountable_id
     ORDER BY project_id, accountable_id
"""
_COVERED = """
    SELECT p.project_id, COUNT(*), COUNT(s.process_id)
      FROM governance_businessprocess p
      LEFT JOIN (SELECT DISTINCT process_id FROM uat_scenario s
                  WHERE in_scope AND project_id IN ({projects}) AND {kept_s}
                    AND recorded_at <= %(as_of)s) s ON s.process_id = p.id
      LEFT JOIN (SELECT DISTINCT parent_id FROM governance_businessprocess c
                  WHERE in_scope AND project_id IN ({projects}) AND parent_id IS NOT NULL
                    AND {kept_c} AND recorded_at <= %(as_of)s) c ON c.parent_id = p.id
     WHERE p.in_scope AND p.project_id IN ({projects}) AND c.parent_id IS NULL
       AND p.recorded_at <= %(as_of)s AND {kept_p}
     GROUP BY p.project_id
"""
_UNTESTED = """
    SELECT project_id, COUNT(*) FROM ({seen}) seen
     WHERE NOT is_tested AND id IN ({scenarios}) GROUP BY project_id
"""
_AHEAD = """
    SELECT project_id FROM uat_execution
     WHERE executed_at > %(as_of)s AND project_id IN ({projects})
     UNION
    SELECT project_id FROM uat_change
     WHERE changed_at > %(as_of)s AND project_id IN ({projects})
     UNION
    SELECT project_id FROM uat_defectevent
     WHERE happened_at > %(as_of)s AND project_id IN ({projects})
"""


def seen_in(batch: Batch) -> str:
    """Return the query of each scenario in scope as it stood at the batch's moment."""
    if batch.is_current:
        source = _SEEN_NOW
    else:
        changes = changes_by_scenario(project_ids=batch.project_ids, seen=KNOWN_CHANGES)
        source = fill(_SEEN_THEN, runs=RUNS_BY_BUSINESS, changes=changes, seen=KNOWN_RUNS)
    return fill(SEEN, source=fill(source, kept_s=_KEPT["s"], projects=batch.project_ids))


def projects_ahead(batch: Batch) -> set[int]:
    """Return the projects whose kept columns know of events after the batch's moment."""
    if not batch.is_current:
        return set()
    rows = fetch_rows(fill(_AHEAD, projects=batch.project_ids), {"as_of": batch.as_of})
    return {row[0] for row in rows}


def scenario_tallies(batch: Batch) -> Iterator[ScenarioTally]:
    """Yield the counts of each accountable process; those of no process come under None."""
    classes = ",".join(fill(_CLASS, name=name) for name in HEAT_CLASSES)
    text = fill(_TALLY, classes=classes, seen=seen_in(batch))
    for row in fetch_rows(text, {"as_of": batch.as_of}):
        thirds = [ClassTally(*row[at : at + 3]) for at in range(9, len(row), 3)]
        yield ScenarioTally._make([*row[:9], dict(zip(HEAT_CLASSES, thirds, strict=True))])


def covered_leaves(batch: Batch) -> dict[int, tuple[int, int]]:
    """Return project id -> (leaf processes in scope, those of them with a scenario in scope)."""
    kept = {f"kept_{table}": condition for table, condition in _KEPT.items()}
    text = fill(_COVERED, **kept, projects=batch.project_ids)
    return {row[0]: (row[1], row[2]) for row in fetch_rows(text, {"as_of": batch.as_of})}


def untested_among(batch: Batch, *, scenario_ids: Iterable[int]) -> dict[int, int]:
    """Return project id -> how many of these scenarios are in scope and not validly run."""
    text = fill(_UNTESTED, seen=seen_in(batch), scenarios=list(scenario_ids))
    return {row[0]: row[1] for row in fetch_rows(text, {"as_of": batch.as_of})}
