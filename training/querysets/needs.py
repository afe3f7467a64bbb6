"""Who needs which course on one day, how far each is, and which of these pairs are asked for.

The same people and the same days as the metrics count: on the roster, holding a job role that
needs the course, that day.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from governance.querysets.facts import still_seen
from governance.querysets.statements import Moment, day_of, fetch_rows, fill


class Need(NamedTuple):
    """One person who needs one course; the earliest date at which any job role wants it."""

    person_id: int
    course_id: int
    is_mandatory: bool
    due_date: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedFilter:
    """Which pairs are asked for; None and empty words ask for every one.

    `state` is a key of STATES, `site` the exact name of a site (an empty one is a site too).
    """

    person_id: int | None = None
    course_id: int | None = None
    job_role_id: int | None = None
    department_id: int | None = None
    process_id: int | None = None
    site: str | None = None
    state: str = ""
    is_mandatory: bool | None = None
    has_check: bool | None = None


_THROUGH = "(CASE WHEN c.has_check THEN s.passed_at ELSE s.completed_at END) IS NOT NULL"
_FAILED = "(c.has_check AND s.checked_at IS NOT NULL AND s.passed_at IS NULL)"
_OUTDATED = "(s.completed_at IS NOT NULL AND s.completed_version <> c.version)"
STATES = {
    "open": f"NOT ({_THROUGH})",
    "through": _THROUGH,
    "failed": _FAILED,
    "not-started": "s.id IS NULL",
    "begun": f"s.id IS NOT NULL AND NOT ({_THROUGH}) AND NOT {_FAILED}",
    "completed": "s.completed_at IS NOT NULL",
    "not-completed": "s.completed_at IS NULL",
    "outdated": _OUTDATED,
}
"""State -> condition. Through: the check passed, or completed where there is no check."""

NEEDS = {"mandatory": True, "optional": False}
"""Word of a search -> whether what is asked for is mandatory."""

_PAIRS = """
      FROM (SELECT a.person_id, r.course_id, MIN(r.due_date) AS due_date,
                   MAX(CASE WHEN r.is_mandatory THEN 1 ELSE 0 END) AS is_mandatory
              FROM training_jobroleassignment a
              JOIN training_requirement r ON r.job_role_id = a.job_role_id
             WHERE a.project_id IN ({project}) AND {role}
               AND (a.from_date IS NULL OR a.from_date <= %(today)s)
               AND (a.to_date IS NULL OR a.to_date >= %(today)s)
               AND {held} AND {needed}
             GROUP BY a.person_id, r.course_id) n
      JOIN governance_person e ON e.id = n.person_id
      JOIN training_course c ON c.id = n.course_id
      LEFT JOIN governance_businessprocess p ON p.id = c.process_id
      LEFT JOIN training_standing s ON s.person_id = n.person_id AND s.course_id = n.course_id
     WHERE (e.joined_date IS NULL OR e.joined_date <= %(today)s)
       AND (e.left_date IS NULL OR e.left_date >= %(today)s)
       AND {chosen}
"""
_COUNT = "SELECT COUNT(*), COUNT(CASE WHEN {through} THEN 1 END) {pairs}"
_ROWS = """
    SELECT n.person_id, n.course_id, n.is_mandatory, n.due_date {pairs}
     ORDER BY CASE WHEN {failed} THEN 0 WHEN s.id IS NULL THEN 1 WHEN s.completed_at IS NULL THEN 2
                   WHEN {outdated} THEN 3 WHEN NOT ({through}) THEN 4 ELSE 5 END,
              e.name, c.code, e.id, c.id
     LIMIT {most} OFFSET {first}
"""


def count_needs(*, project_id: int, today: date, wanted: NeedFilter) -> tuple[int, int]:
    """Return how many pairs fit, and how many of them are through."""
    text = fill(_COUNT, through=_THROUGH, pairs=_pairs(project_id, wanted))
    ((number, through),) = fetch_rows(text, _values(today, wanted))
    return number, through


def needs(
    *, project_id: int, today: date, wanted: NeedFilter, first: int = 0, most: int = 500
) -> list[Need]:
    """Return the pairs that fit, those furthest behind first; `most` of them from `first` on."""
    text = fill(_ROWS, failed=_FAILED, outdated=_OUTDATED, through=_THROUGH)
    text = fill(text, pairs=_pairs(project_id, wanted), most=[most], first=[first])
    rows = fetch_rows(text, _values(today, wanted))
    return [Need(row[0], row[1], bool(row[2]), day_of(row[3])) for row in rows]


def courses_of(*, project_id: int, today: date, person_id: int) -> list[Need]:
    """Return the courses a person needs."""
    return needs(project_id=project_id, today=today, wanted=NeedFilter(person_id=person_id))


def _pairs(project_id: int, wanted: NeedFilter) -> str:
    role = "TRUE" if wanted.job_role_id is None else "a.job_role_id IN ({role_id})"
    text = fill(_PAIRS, role=role, chosen=" AND ".join(["TRUE", *_conditions(wanted)]))
    return fill(
        text,
        held=still_seen("a", dated=False),
        needed=still_seen("r", dated=False),
        project=[project_id],
        role_id=[wanted.job_role_id or 0],
    )


def _conditions(wanted: NeedFilter) -> list[str]:
    numbers = {
        "n.person_id": wanted.person_id,
        "n.course_id": wanted.course_id,
        "e.department_id": wanted.department_id,
        "p.accountable_id": wanted.process_id,
        "n.is_mandatory": None if wanted.is_mandatory is None else int(wanted.is_mandatory),
    }
    found = [f"{column} = {int(key)}" for column, key in numbers.items() if key is not None]
    if wanted.has_check is not None:
        found.append("c.has_check" if wanted.has_check else "NOT c.has_check")
    if wanted.site is not None:
        found.append("e.site = %(site)s")
    if wanted.state:
        found.append(f"({STATES[wanted.state]})")
    return found


def _values(today: date, wanted: NeedFilter) -> dict[str, Moment]:
    found: dict[str, Moment] = {"today": today}
    if wanted.site is not None:
        found["site"] = wanted.site
    return found
