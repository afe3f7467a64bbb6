"""Changes of the system under test, and the scenarios that they reach."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from governance.querysets import FactQuerySet
from governance.querysets.statements import change_rows, fetch_rows, fill

if TYPE_CHECKING:
    from uat.models import Change

CHANGES_BY_PROCESS = """
    SELECT project_id, process_id, MAX(changed_at) AS changed_at
      FROM (WITH RECURSIVE reach (project_id, process_id, changed_at) AS (
                SELECT project_id, process_id, MAX(changed_at) FROM uat_change
                 WHERE project_id IN ({projects}) AND scenario_id IS NULL AND {seen}
                 GROUP BY project_id, process_id
                 UNION
                SELECT reach.project_id, below.id, reach.changed_at
                  FROM reach JOIN governance_businessprocess below
                    ON below.parent_id = reach.process_id)
            SELECT project_id, process_id, changed_at FROM reach) reached
     GROUP BY project_id, process_id
"""
CHANGES_BY_SCENARIO = """
    SELECT s.id, CASE WHEN alone.changed_at > reached.changed_at OR reached.changed_at IS NULL
                      THEN alone.changed_at ELSE reached.changed_at END AS changed_at
      FROM uat_scenario s
      JOIN (SELECT t.id, CASE WHEN own.changed_at > every.changed_at OR every.changed_at IS NULL
                              THEN own.changed_at ELSE every.changed_at END AS changed_at
              FROM uat_scenario t
              LEFT JOIN ({changes}) own ON own.process_id = t.process_id
              LEFT JOIN ({changes}) every
                     ON every.project_id = t.project_id AND every.process_id IS NULL
             WHERE t.project_id IN ({projects})) reached ON reached.id = s.id
      LEFT JOIN (SELECT scenario_id, MAX(changed_at) AS changed_at FROM uat_change
                  WHERE project_id IN ({projects}) AND scenario_id IS NOT NULL AND {seen}
                  GROUP BY scenario_id) alone ON alone.scenario_id = s.id
     WHERE s.project_id IN ({projects})
"""
_KEEP = """
    UPDATE uat_scenario AS s SET changed_at = d.changed_at FROM ({derived}) d
     WHERE d.id = s.id AND s.changed_at IS DISTINCT FROM d.changed_at
"""
_CHECK = """
    SELECT s.id FROM uat_scenario s JOIN ({derived}) d ON d.id = s.id
     WHERE s.changed_at IS DISTINCT FROM d.changed_at ORDER BY s.id
"""


class ChangeQuerySet(FactQuerySet["Change"]):
    """Select changes of the system under test."""

    happened_field = "changed_at"


def changes_by_scenario(*, project_ids: Iterable[int], seen: str = "TRUE") -> str:
    """Return the query of each scenario's last change, over the changes that were `seen`."""
    return fill(
        CHANGES_BY_SCENARIO, changes=CHANGES_BY_PROCESS, seen=seen, projects=list(project_ids)
    )


def keep_changed(*, project_id: int) -> int:
    """Write on each scenario when it was last touched by a change; return how many moved."""
    derived = changes_by_scenario(project_ids=[project_id])
    return change_rows(fill(_KEEP, derived=derived))


def scenarios_changed_out_of_step(*, project_ids: Iterable[int]) -> list[int]:
    """Return the scenarios whose kept moment of change is not what the changes say."""
    derived = changes_by_scenario(project_ids=project_ids)
    return [row[0] for row in fetch_rows(fill(_CHECK, derived=derived))]
