"""Required courses counted by department, process and site, now or as they stood then.

A pair is a person of the roster and a course that one of the person's job roles requires
on that day. The formula is one; what differs is where standings are read from.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
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
    """Trained people of one project, and those whose last practice is too long ago."""

    project_id: int
    trained: int
    stale: int


class TraineeTally(NamedTuple):
    """People of one project who are to be trained for something, and those who are."""

    project_id: int
    wanted: int
    trained: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """Everything that is counted over the required courses of a batch."""

    cells: list[CellTally] = field(default_factory=list)
    practice: list[PracticeTally] = field(default_factory=list)
    trainees: list[TraineeTally] = field(default_factory=list)


_KNOWN = "happened_at <= %(as_of)s AND recorded_at <= %(as_of)s"
_KEPT = {table: still_seen(table, dated=True) for table in ("a", "r")}
# Roles are compared with < and >, and each table is narrowed to the projects once: equality
# with a counted column, or the same condition said twice, lets PostgreSQL expect one row
# where there are hundreds, and it then loops over all pairs.
_HELD = """
    SELECT a.project_id, a.person_id, a.job_role_id,
           COUNT(*) OVER (PARTITION BY a.person_id) AS roles
      FROM batch b
      JOIN training_jobroleassignment a ON a.project_id = b.project_id
      JOIN governance_person e ON e.id = a.person_id
     WHERE (a.from_date IS NULL OR a.from_date <= b.today)
       AND (a.to_date IS NULL OR a.to_date >= b.today)
       AND (e.joined_date IS NULL OR e.joined_date <= b.today)
       AND (e.left_date IS NULL OR e.left_date >= b.today)
       AND a.recorded_at <= %(as_of)s AND e.recorded_at <= %(as_of)s AND {kept}
"""
_NEEDED = """
    SELECT r.job_role_id, r.course_id, c.has_check, p.accountable_id AS process_id,
           CASE WHEN c.version_at IS NULL OR c.version_at <= %(as_of)s THEN c.version END
               AS version
      FROM training_requirement r
      JOIN training_course c ON c.id = r.course_id
      LEFT JOIN governance_businessprocess p ON p.id = c.process_id
     WHERE r.is_mandatory AND r.project_id IN ({projects}) AND r.recorded_at <= %(as_of)s
       AND {kept}
"""
_PAIR = """
    SELECT h.person_id, n.course_id, n.has_check, n.process_id, n.version
      FROM held h JOIN needed n ON n.job_role_id = h.job_role_id
"""
_GRID = """
    held AS ({held}),
    needed AS ({needed}),
    pairs AS (
        {pair} WHERE h.roles < 2
         UNION ALL
        SELECT DISTINCT * FROM ({pair} WHERE h.roles > 1) shared),
    grid AS (
        SELECT q.person_id, q.process_id, COUNT(*) AS due, COUNT(s.completed_at) AS completed,
               COUNT(CASE WHEN q.has_check THEN 1 END) AS checks_due,
               COUNT(CASE WHEN q.has_check THEN s.passed_at END) AS passed,
               COUNT(CASE WHEN q.has_check THEN s.passed_at ELSE s.completed_at END) AS skilled,
               COUNT(CASE WHEN s.completed_version <> q.version THEN s.completed_at END)
                   AS outdated,
               MAX(s.practised_at) AS practised_at
          FROM pairs q
          LEFT JOIN ({standings}) s ON s.person_id = q.person_id AND s.course_id = q.course_id
         GROUP BY q.person_id, q.process_id)
"""
_CELLS = """
    WITH {batch}, wanted AS ({wanted}), {grid},
         practice AS (
             SELECT person_id, SUM(completed) AS completed, MAX(practised_at) AS practised_at
               FROM grid GROUP BY person_id)
    SELECT e.project_id, e.department_id, g.process_id, e.site, COUNT(*),
           COUNT(CASE WHEN g.skilled = g.due THEN 1 END),
           CAST(SUM(g.due) AS bigint), CAST(SUM(g.completed) AS bigint),
           CAST(SUM(g.checks_due) AS bigint), CAST(SUM(g.passed) AS bigint),
           CAST(SUM(g.skilled) AS bigint), CAST(SUM(g.outdated) AS bigint)
      FROM grid g JOIN {people} e ON e.id = g.person_id
     GROUP BY e.project_id, e.department_id, g.process_id, e.site
     UNION ALL
    SELECT e.project_id, NULL, NULL, NULL,
           COUNT(CASE WHEN t.completed > 0 THEN 1 END),
           COUNT(CASE WHEN t.completed > 0 AND t.practised_at < b.fresh_from THEN 1 END),
           NULL, NULL, NULL, NULL, NULL, NULL
      FROM practice t JOIN {people} e ON e.id = t.person_id
      JOIN batch b ON b.project_id = e.project_id
     GROUP BY e.project_id
     UNION ALL
    SELECT project_id, NULL, NULL, NULL, COUNT(*), CAST(SUM(is_trained) AS bigint),
           NULL, 0, NULL, NULL, NULL, NULL
      FROM (SELECT project_id, person_id, MIN(is_trained) AS is_trained
              FROM (SELECT w.project_id, w.person_id,
                           CASE WHEN SUM(g.due) = SUM(g.completed) THEN 1 ELSE 0 END
                               AS is_trained
                      FROM wanted w
                      LEFT JOIN grid g
                             ON g.person_id = w.person_id
                            AND (w.process_id IS NULL OR g.process_id = w.process_id)
                     GROUP BY w.project_id, w.person_id, w.process_id) each_process
             GROUP BY project_id, person_id) each_person
     GROUP BY project_id
"""
_PEOPLE = """(SELECT id, project_id, department_id, site FROM governance_person
              WHERE project_id IN ({projects}))"""
_AHEAD = """
    SELECT DISTINCT project_id FROM training_standing
     WHERE practised_at > %(as_of)s AND project_id IN ({projects})
"""


def _grid_of(batch: Batch) -> str:
    standings = "SELECT * FROM training_standing WHERE project_id IN ({projects})"
    if not batch.is_current:
        standings = fill(STANDINGS, seen=_KNOWN, kept=_KEPT["r"])
    parts = {
        "held": fill(_HELD, kept=_KEPT["a"]),
        "needed": fill(_NEEDED, kept=_KEPT["r"]),
        "pair": _PAIR,
        "standings": standings,
    }
    return fill(fill(_GRID, **parts), projects=batch.project_ids)


def count_training(batch: Batch, *, wanted: str) -> Tallies:
    """Return the pairs counted by cell, the practice of each project, and its trainees.

    `wanted` is a query of project_id, person_id and process_id (NULL: everything) over the
    table `batch`: people, and what they are to be trained for. Without a required course
    there is nothing to show, which is not completion.
    """
    people = fill(_PEOPLE, projects=batch.project_ids)
    text = fill(_CELLS, batch=batch.table, wanted=wanted, grid=_grid_of(batch), people=people)
    tallies = Tallies()
    for row in fetch_rows(text, batch.moments):
        if row[6] is not None:
            tallies.cells.append(CellTally._make(row))
        elif row[7] is None:
            tallies.practice.append(PracticeTally(row[0], row[4], row[5]))
        else:
            tallies.trainees.append(TraineeTally(row[0], row[4], row[5]))
    return tallies


def projects_ahead(batch: Batch) -> set[int]:
    """Return the projects whose standings know of records after the batch's moment."""
    if not batch.is_current:
        return set()
    text = fill(_AHEAD, projects=batch.project_ids)
    return {row[0] for row in fetch_rows(text, {"as_of": batch.as_of})}
