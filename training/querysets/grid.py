"""Required courses counted by department, process and site, now or as they stood then.

A pair is a person of the roster and a course that one of the person's job roles requires
on that day. The formula is one; what differs is where standings are read from.
"""

from collections.abc import Iterable
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.statements import fetch_rows, fill
from training.querysets.records import STANDINGS


class CellTally(NamedTuple):
    """Pairs of the people of one department and site in the courses of one process.

    `proficient` people passed every required check of the process, and completed what has
    none; `outdated` completions are of an older version of the course.
    """

    project_id: int
    department_id: int | None
    process_id: int | None
    site: str
    people: int
    proficient: int
    due: int
    completed: int
    checks_due: int
    passed: int
    skilled: int
    outdated: int


class PracticeTally(NamedTuple):
    """Trained people of one project, those of them whose last practice is too long ago, and
    people who practised after the moment asked about."""

    project_id: int
    trained: int
    stale: int
    ahead: int


class TraineeRow(NamedTuple):
    """One person's required courses of one process: how many, and how many completed."""

    person_id: int
    process_id: int | None
    due: int
    completed: int


_KNOWN = "happened_at <= %(as_of)s AND recorded_at <= %(as_of)s"
_PAIRS = """
    SELECT DISTINCT a.project_id, a.person_id, r.course_id
      FROM batch b
      JOIN training_jobroleassignment a ON a.project_id = b.project_id
      JOIN governance_person e ON e.id = a.person_id
      JOIN training_requirement r ON r.job_role_id = a.job_role_id
     WHERE r.is_mandatory AND {chosen}
       AND (a.from_date IS NULL OR a.from_date <= b.today)
       AND (a.to_date IS NULL OR a.to_date >= b.today)
       AND (e.joined_date IS NULL OR e.joined_date <= b.today)
       AND (e.left_date IS NULL OR e.left_date >= b.today)
       AND a.recorded_at <= %(as_of)s AND e.recorded_at <= %(as_of)s
       AND r.recorded_at <= %(as_of)s
"""
_GRID = """
    SELECT q.project_id, q.person_id, p.accountable_id AS process_id, COUNT(*) AS due,
           COUNT(s.completed_at) AS completed,
           COUNT(CASE WHEN c.has_check THEN 1 END) AS checks_due,
           COUNT(CASE WHEN c.has_check THEN s.passed_at END) AS passed,
           COUNT(CASE WHEN c.has_check THEN s.passed_at ELSE s.completed_at END) AS skilled,
           COUNT(CASE WHEN s.completed_version <> c.version
                       AND (c.version_at IS NULL OR c.version_at <= %(as_of)s)
                      THEN s.completed_at END) AS outdated,
           MAX(s.practised_at) AS practised_at
      FROM ({pairs}) q
      JOIN training_course c ON c.id = q.course_id
      LEFT JOIN governance_businessprocess p ON p.id = c.process_id
      LEFT JOIN ({standings}) s ON s.person_id = q.person_id AND s.course_id = q.course_id
     GROUP BY q.project_id, q.person_id, p.accountable_id
"""
_CELLS = """
    WITH {batch}, grid AS ({grid}),
         practice AS (
             SELECT project_id, SUM(completed) AS completed, MAX(practised_at) AS practised_at
               FROM grid GROUP BY project_id, person_id)
    SELECT g.project_id, e.department_id, g.process_id, e.site, COUNT(*),
           COUNT(CASE WHEN g.skilled = g.due THEN 1 END),
           CAST(SUM(g.due) AS bigint), CAST(SUM(g.completed) AS bigint),
           CAST(SUM(g.checks_due) AS bigint), CAST(SUM(g.passed) AS bigint),
           CAST(SUM(g.skilled) AS bigint), CAST(SUM(g.outdated) AS bigint)
      FROM grid g JOIN governance_person e ON e.id = g.person_id
     GROUP BY g.project_id, e.department_id, g.process_id, e.site
     UNION ALL
    SELECT t.project_id, NULL, NULL, NULL,
           COUNT(CASE WHEN t.completed > 0 THEN 1 END),
           COUNT(CASE WHEN t.completed > 0 AND t.practised_at < b.fresh_from THEN 1 END),
           NULL, COUNT(CASE WHEN t.practised_at > %(as_of)s THEN 1 END), NULL, NULL, NULL, NULL
      FROM practice t JOIN batch b ON b.project_id = t.project_id
     GROUP BY t.project_id
"""
_TRAINEES = """
    WITH {batch}
    SELECT person_id, process_id, due, completed FROM ({grid}) grid
"""
_AHEAD = """
    SELECT DISTINCT project_id FROM training_standing
     WHERE practised_at > %(as_of)s AND project_id IN ({projects}) AND person_id IN ({persons})
"""


def _grid_of(batch: Batch, *, chosen: str = "TRUE") -> str:
    standings = "SELECT * FROM training_standing WHERE project_id IN ({projects})"
    if not batch.is_current:
        standings = fill(STANDINGS, seen=_KNOWN)
    pairs = fill(_PAIRS, chosen=chosen)
    return fill(fill(_GRID, pairs=pairs, standings=standings), projects=batch.project_ids)


def count_training(batch: Batch) -> tuple[list[CellTally], list[PracticeTally]]:
    """Return the pairs by department, process and site, and the practice of each project."""
    text = fill(_CELLS, batch=batch.table, grid=_grid_of(batch))
    cells, practice = [], []
    for row in fetch_rows(text, batch.moments):
        if row[6] is None:
            practice.append(PracticeTally(row[0], row[4], row[5], row[7]))
        else:
            cells.append(CellTally._make(row))
    return cells, practice


def trainee_rows(batch: Batch, *, person_ids: Iterable[int]) -> list[TraineeRow]:
    """Return what these people are required to complete, by process."""
    chosen = fill("a.person_id IN ({persons})", persons=list(person_ids))
    text = fill(_TRAINEES, batch=batch.table, grid=_grid_of(batch, chosen=chosen))
    return [TraineeRow._make(row) for row in fetch_rows(text, batch.moments)]


def projects_ahead(batch: Batch, *, person_ids: Iterable[int]) -> set[int]:
    """Return the projects in which a standing of these people knows of later records."""
    if not batch.is_current:
        return set()
    text = fill(_AHEAD, projects=batch.project_ids, persons=list(person_ids))
    return {row[0] for row in fetch_rows(text, {"as_of": batch.as_of})}
