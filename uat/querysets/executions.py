"""Runs of scenarios, and which one of the business is a scenario's first and newest."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from governance.querysets import ImportedQuerySet
from governance.querysets.facts import still_seen
from governance.querysets.statements import change_rows, fetch_rows, fill

if TYPE_CHECKING:
    from uat.models import Execution

_KEPT = still_seen("r", dated=False)
RUNS_BY_BUSINESS = """
    SELECT scenario_id, id AS run_id, result, executed_at,
           ROW_NUMBER() OVER (
               PARTITION BY scenario_id ORDER BY executed_at DESC, id DESC) AS place,
           FIRST_VALUE(result) OVER (
               PARTITION BY scenario_id ORDER BY executed_at, id) AS first_result
      FROM uat_execution r
     WHERE affiliation = 'CLIENT' AND project_id IN ({projects}) AND {seen}
"""
_DERIVED = """
    SELECT s.id, r.run_id, COALESCE(r.result, '') AS result, r.executed_at,
           COALESCE(r.first_result, '') AS first_result
      FROM uat_scenario s LEFT JOIN ({runs}) r ON r.scenario_id = s.id AND r.place = 1
     WHERE s.project_id IN ({projects}) AND {chosen}
"""
_DIFFERS = """
    (s.latest_execution_id IS DISTINCT FROM d.run_id OR s.latest_result <> d.result
     OR s.first_result <> d.first_result)
"""
_KEEP = """
    UPDATE uat_scenario AS s
       SET latest_execution_id = d.run_id, latest_result = d.result,
           latest_executed_at = d.executed_at, first_result = d.first_result
      FROM ({derived}) d
     WHERE d.id = s.id AND {differs}
"""
_CHECK = """
    SELECT s.id FROM uat_scenario s JOIN ({derived}) d ON d.id = s.id
     WHERE {differs} ORDER BY s.id
"""


class ExecutionQuerySet(ImportedQuerySet["Execution"]):
    """Select runs of scenarios."""

    happened_field = "executed_at"


def keep_latest(*, project_id: int, scenario_ids: Iterable[int] | None = None) -> int:
    """Write each scenario's first and newest run by the business on it; return how many moved."""
    chosen = [] if scenario_ids is None else list(scenario_ids)
    among = fill("({scenarios})", scenarios=chosen)
    derived = fill(
        _DERIVED,
        runs=RUNS_BY_BUSINESS,
        chosen="TRUE" if scenario_ids is None else f"s.id IN {among}",
        seen=_KEPT if scenario_ids is None else f"scenario_id IN {among} AND {_KEPT}",
        projects=[project_id],
    )
    return change_rows(fill(_KEEP, derived=derived, differs=_DIFFERS))


def scenarios_out_of_step(*, project_ids: Iterable[int]) -> list[int]:
    """Return the scenarios whose kept run is not the one their runs say."""
    derived = fill(_DERIVED, runs=RUNS_BY_BUSINESS, chosen="TRUE", seen=_KEPT)
    text = fill(_CHECK, derived=derived, differs=_DIFFERS, projects=list(project_ids))
    return [row[0] for row in fetch_rows(text)]
