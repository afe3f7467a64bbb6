"""Scenarios that the business still has to see passing: what an open question may hold up."""

from collections.abc import Collection

from governance.querysets.batches import Batch
from governance.querysets.statements import fetch_rows, fill
from uat.querysets.tallies import projects_ahead, seen_in

OpenScenario = tuple[int, int | None, str]
"""Project, accountable process or none, and code of a scenario."""

_OPEN = """
    SELECT seen.project_id, seen.accountable_id, s.code
      FROM ({seen}) seen
      JOIN uat_scenario s ON s.id = seen.id
     WHERE NOT seen.is_passed
       AND (seen.accountable_id IN ({processes})
            OR s.code IN (SELECT w.code FROM governance_dependency w
                           WHERE w.project_id = s.project_id AND w.kind = 'SCENARIO'))
"""
_LEFT = """
    SELECT seen.project_id, COUNT(*) FROM ({seen}) seen
     WHERE NOT seen.is_passed GROUP BY seen.project_id
"""


def scenarios_held(batch: Batch, *, process_ids: Collection[int]) -> list[OpenScenario]:
    """Return the scenarios without a valid pass at the batch's moment that may be held up.

    Those are the scenarios of these accountable processes, and those that somebody noted.
    """
    return [
        row
        for part in batch.parted(projects_ahead(batch))
        for row in fetch_rows(
            fill(_OPEN, seen=seen_in(part), processes=process_ids), {"as_of": part.as_of}
        )
    ]


def scenarios_left(batch: Batch) -> dict[int, int]:
    """Return project id -> how many scenarios in scope have no valid pass."""
    return {
        project_id: number
        for part in batch.parted(projects_ahead(batch))
        for project_id, number in fetch_rows(fill(_LEFT, seen=seen_in(part)), {"as_of": part.as_of})
    }
