"""Every filter and aggregate over testing facts, each with a name."""

from uat.querysets.changes import ChangeQuerySet
from uat.querysets.defects import DefectEventQuerySet, DefectQuerySet
from uat.querysets.executions import ExecutionQuerySet
from uat.querysets.scenarios import ScenarioQuerySet

__all__ = [
    "ChangeQuerySet",
    "DefectEventQuerySet",
    "DefectQuerySet",
    "ExecutionQuerySet",
    "ScenarioQuerySet",
]
