"""Who has to learn what: people by job role and course, on one day of the project.

The same people and the same days as the metrics count: on the roster, holding a job role
that needs the course, that day.
"""

from datetime import date
from typing import NamedTuple

from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill


class MatrixCell(NamedTuple):
    """How many people of a job role need a course, and how far they are."""

    job_role_id: int
    course_id: int
    is_mandatory: bool
    due: int
    completed: int
    passed: int
    outdated: int


class CourseTally(NamedTuple):
    """How many people need a course at all; a person of two roles is one person."""

    course_id: int
    due: int
    completed: int
    passed: int
    outdated: int


class PersonTally(NamedTuple):
    """How many mandatory courses a person needs, and how many are completed and passed."""

    person_id: int
    due: int
    completed: int
    checks_due: int
    passed: int


_NEEDS = """
    SELECT a.person_id, a.job_role_id, r.course_id, r.is_mandatory
      FROM training_jobroleassignment a
      JOIN governance_person e ON e.id = a.person_id
      JOIN training_requirement r ON r.job_role_id = a.job_role_id
     WHERE a.project_id IN ({project})
       AND (a.from_date IS NULL OR a.from_date <= %(today)s)
       AND (a.to_date IS NULL OR a.to_date >= %(today)s)
       AND (e.joined_date IS NULL OR e.joined_date <= %(today)s)
       AND (e.left_date IS NULL OR e.left_date >= %(today)s)
       AND {held} AND {needed}
"""
_KEPT = {
    "held": still_seen("a", dated=False),
    "needed": still_seen("r", dated=False),
}
_COUNTS = """
    COUNT(*), COUNT(s.completed_at), COUNT(CASE WHEN c.has_check THEN s.passed_at END),
    COUNT(CASE WHEN s.completed_version <> c.version THEN s.completed_at END)
"""
_JOINS = """
      JOIN training_course c ON c.id = n.course_id
      LEFT JOIN training_standing s ON s.person_id = n.person_id AND s.course_id = n.course_id
"""
_CELLS = """
    SELECT n.job_role_id, n.course_id, n.is_mandatory, {counts}
      FROM ({needs}) n {joins}
     GROUP BY n.job_role_id, n.course_id, n.is_mandatory
"""
_COURSES = """
    SELECT n.course_id, {counts}
      FROM (SELECT DISTINCT person_id, course_id FROM ({needs}) needs WHERE is_mandatory) n {joins}
     GROUP BY n.course_id
"""
_PEOPLE = """
    SELECT n.person_id, COUNT(*), COUNT(s.completed_at),
           COUNT(CASE WHEN c.has_check THEN 1 END),
           COUNT(CASE WHEN c.has_check THEN s.passed_at END)
      FROM (SELECT DISTINCT person_id, course_id FROM ({needs}) needs WHERE is_mandatory) n {joins}
     WHERE n.person_id IN ({people})
     GROUP BY n.person_id
"""


def _filled(text: str, *, project_id: int, today: date, **parts: str) -> list[tuple[object, ...]]:
    whole = fill(text, counts=_COUNTS, joins=_JOINS, needs=_NEEDS, **_KEPT, **parts)
    return fetch_rows(fill(whole, project=[project_id]), {"today": today})


def matrix_cells(*, project_id: int, today: date) -> list[MatrixCell]:
    """Return every job role with every course it needs."""
    rows = _filled(_CELLS, project_id=project_id, today=today)
    return [MatrixCell._make([*row[:2], bool(row[2]), *row[3:]]) for row in rows]


def course_tallies(*, project_id: int, today: date) -> list[CourseTally]:
    """Return every course that somebody has to take."""
    rows = _filled(_COURSES, project_id=project_id, today=today)
    return [CourseTally._make(row) for row in rows]


def person_tallies(
    *, project_id: int, today: date, person_ids: list[int]
) -> dict[int, PersonTally]:
    """Return person -> what the person has to learn; people who need nothing are left out."""
    people = fill("{ids}", ids=person_ids)
    rows = _filled(_PEOPLE, project_id=project_id, today=today, people=people)
    return {tally.person_id: tally for tally in map(PersonTally._make, rows)}
