"""Words of user acceptance testing."""

from django.db.models import TextChoices


class ScenarioClass(TextChoices):
    """Say what kind of case a scenario is; UNCLASSIFIED never fills a quota."""

    HAPPY_PATH = "HAPPY_PATH", "Happy path"
    EXCEPTION = "EXCEPTION", "Exception"
    REVERSAL = "REVERSAL", "Reversal"
    EDGE = "EDGE", "Edge case"
    REPORT = "REPORT", "Report"
    PERIOD_END = "PERIOD_END", "Period end"
    INTERCOMPANY = "INTERCOMPANY", "Intercompany"
    INTEGRATION = "INTEGRATION", "Integration"
    SECURITY = "SECURITY", "Security"
    UNCLASSIFIED = "UNCLASSIFIED", "Not classified"


QUOTA_CLASSES = (
    ScenarioClass.EXCEPTION,
    ScenarioClass.REVERSAL,
    ScenarioClass.EDGE,
    ScenarioClass.REPORT,
)


class ExecutionResult(TextChoices):
    """Say how a run ended; only the first two are passes."""

    PASSED = "PASSED", "Passed"
    PASSED_WITH_COMMENTS = "PASSED_WITH_COMMENTS", "Passed with comments"
    FAILED = "FAILED", "Failed"
    BLOCKED = "BLOCKED", "Blocked"


PASS_RESULTS = (ExecutionResult.PASSED, ExecutionResult.PASSED_WITH_COMMENTS)
STEP_RESULTS = (ExecutionResult.PASSED, ExecutionResult.FAILED, ExecutionResult.BLOCKED)


class Severity(TextChoices):
    """Rank how much a defect hurts."""

    SHOWSTOPPER = "SHOWSTOPPER", "Showstopper"
    HIGH = "HIGH", "High"
    MEDIUM = "MEDIUM", "Medium"
    LOW = "LOW", "Low"


class DefectState(TextChoices):
    """Say where a defect stands."""

    OPEN = "OPEN", "Open"
    IN_PROGRESS = "IN_PROGRESS", "In progress"
    FIXED = "FIXED", "Fixed, to be tested again"
    CLOSED = "CLOSED", "Closed"
    REOPENED = "REOPENED", "Opened again"
    REJECTED = "REJECTED", "Not a defect"
    DEFERRED = "DEFERRED", "Deferred"


OPEN_STATES = (
    DefectState.OPEN,
    DefectState.IN_PROGRESS,
    DefectState.FIXED,
    DefectState.REOPENED,
    DefectState.DEFERRED,
)


class Triage(TextChoices):
    """Say what a defect turned out to be."""

    UNTRIAGED = "UNTRIAGED", "Not triaged"
    DEFECT = "DEFECT", "Defect"
    TRAINING = "TRAINING", "Training"
    DATA = "DATA", "Data"
    CONFIGURATION = "CONFIGURATION", "Configuration"
    ENHANCEMENT = "ENHANCEMENT", "Enhancement"
