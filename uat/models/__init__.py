"""Tables of user acceptance testing."""

from uat.models.defects import Defect, DefectEvent
from uat.models.evidence import Photo, StepResult
from uat.models.executions import Change, Execution
from uat.models.scenarios import Scenario, TesterAssignment

__all__ = [
    "Change",
    "Defect",
    "DefectEvent",
    "Execution",
    "Photo",
    "Scenario",
    "StepResult",
    "TesterAssignment",
]
