"""Training records, and how each person stands in each course because of them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from governance.querysets import ImportedQuerySet
from governance.querysets.facts import still_seen
from governance.querysets.statements import change_rows, fetch_rows, fill

if TYPE_CHECKING:
    from training.models import TrainingRecord

KEPT = still_seen("r", dated=False)
STANDINGS = """
    SELECT project_id, person_id, course_id,
           MAX(CASE WHEN completes AND place = 1 THEN happened_at END) AS completed_at,
           COALESCE(MAX(CASE WHEN completes AND place = 1 THEN course_version END), '')
               AS completed_version,
           MAX(CASE WHEN checks AND check_place = 1 THEN happened_at END) AS checked_at,
           MAX(CASE WHEN checks AND check_place = 1 AND result = 'PASSED' THEN happened_at END)
               AS passed_at,
           MAX(happened_at) AS practised_at
      FROM (SELECT project_id, person_id, course_id, course_version, result, happened_at,
                   result IN ('COMPLETED', 'PASSED') AS completes,
                   result IN ('PASSED', 'FAILED') AS checks,
                   ROW_NUMBER() OVER (
                       PARTITION BY person_id, course_id, result IN ('COMPLETED', 'PASSED')
                       ORDER BY happened_at DESC, id DESC) AS place,
                   ROW_NUMBER() OVER (
                       PARTITION BY person_id, course_id, result IN ('PASSED', 'FAILED')
                       ORDER BY happened_at DESC, id DESC) AS check_place
              FROM training_trainingrecord r
             WHERE project_id IN ({projects}) AND {kept} AND {seen}) placed
     GROUP BY project_id, person_id, course_id
"""
_DROP = """
    DELETE FROM training_standing
     WHERE project_id IN ({projects})
       AND NOT EXISTS (SELECT 1 FROM training_trainingrecord r
                        WHERE r.person_id = training_standing.person_id
                          AND r.course_id = training_standing.course_id AND {kept})
"""
_DIFFERS = """
    (s.completed_at IS DISTINCT FROM d.completed_at
     OR s.completed_version <> d.completed_version
     OR s.checked_at IS DISTINCT FROM d.checked_at
     OR s.passed_at IS DISTINCT FROM d.passed_at
     OR s.practised_at <> d.practised_at)
"""
_KEEP = """
    INSERT INTO training_standing AS s
           (project_id, person_id, course_id, completed_at, completed_version,
            checked_at, passed_at, practised_at)
    SELECT * FROM ({derived}) derived WHERE TRUE
        ON CONFLICT (person_id, course_id) DO UPDATE
       SET completed_at = excluded.completed_at,
           completed_version = excluded.completed_version,
           checked_at = excluded.checked_at,
           passed_at = excluded.passed_at,
           practised_at = excluded.practised_at
     WHERE {differs}
"""
_CHECK = """
    SELECT COALESCE(d.person_id, s.person_id), COALESCE(d.course_id, s.course_id)
      FROM ({derived}) d
      FULL JOIN (SELECT * FROM training_standing WHERE project_id IN ({projects})) s
        ON s.person_id = d.person_id AND s.course_id = d.course_id
     WHERE s.id IS NULL OR d.person_id IS NULL OR {differs}
     ORDER BY 1, 2
"""


class TrainingRecordQuerySet(ImportedQuerySet["TrainingRecord"]):
    """Select training records."""

    happened_field = "happened_at"


def keep_standings(*, project_id: int, person_ids: Iterable[int] | None = None) -> int:
    """Write how each person stands in each course; return how many standings moved."""
    seen = (
        "TRUE" if person_ids is None else fill("person_id IN ({persons})", persons=list(person_ids))
    )
    derived = fill(STANDINGS, seen=seen, kept=KEPT, projects=[project_id])
    differs = _DIFFERS.replace("d.", "excluded.")
    return change_rows(fill(_KEEP, derived=derived, differs=differs))


def drop_standings(*, project_id: int) -> int:
    """Delete the derived standings that no record holds; return how many went."""
    return change_rows(fill(_DROP, kept=KEPT, projects=[project_id]))


def standings_out_of_step(*, project_ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return the (person, course) pairs whose standing is not what their records say."""
    text = fill(_CHECK, derived=STANDINGS, differs=_DIFFERS)
    text = fill(text, seen="TRUE", kept=KEPT, projects=list(project_ids))
    return [(row[0], row[1]) for row in fetch_rows(text)]
