"""Every filter and aggregate over testing facts, each with a name."""

from typing import TYPE_CHECKING

from governance.querysets import FactQuerySet

if TYPE_CHECKING:
    from uat.models import Change, Defect, DefectEvent, Execution, Scenario


class ScenarioQuerySet(FactQuerySet["Scenario"]):
    """Select scenarios."""


class ExecutionQuerySet(FactQuerySet["Execution"]):
    """Select runs of scenarios."""

    happened_field = "executed_at"


class DefectQuerySet(FactQuerySet["Defect"]):
    """Select defects."""

    happened_field = "raised_at"


class DefectEventQuerySet(FactQuerySet["DefectEvent"]):
    """Select what happened to defects."""

    happened_field = "happened_at"


class ChangeQuerySet(FactQuerySet["Change"]):
    """Select changes of the system under test."""

    happened_field = "changed_at"
