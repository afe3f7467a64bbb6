"""Words of user acceptance testing."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ScenarioClass(TextChoices):
    """Say what kind of case a scenario is; UNCLASSIFIED never fills a quota."""

    HAPPY_PATH = "HAPPY_PATH", _("Happy path")
    EXCEPTION = "EXCEPTION", _("Exception")
    REVERSAL = "REVERSAL", _("Reversal")
    EDGE = "EDGE", _("Edge case")
    REPORT = "REPORT", _("Report")
    PERIOD_END = "PERIOD_END", _("Period end")
    INTERCOMPANY = "INTERCOMPANY", _("Intercompany")
    INTEGRATION = "INTEGRATION", _("Integration")
    SECURITY = "SECURITY", _("Security")
    UNCLASSIFIED = "UNCLASSIFIED", _("Not classified")


QUOTA_CLASSES = (
    ScenarioClass.EXCEPTION,
    ScenarioClass.REVERSAL,
    ScenarioClass.EDGE,
    ScenarioClass.REPORT,
)


class ExecutionResult(TextChoices):
    """Say how a run ended; only the first two are passes."""

    PASSED = "PASSED", _("Passed")
    PASSED_WITH_COMMENTS = "PASSED_WITH_COMMENTS", _("Passed with comments")
    FAILED = "FAILED", _("Failed")
    BLOCKED = "BLOCKED", _("Blocked")


PASS_RESULTS = (ExecutionResult.PASSED, ExecutionResult.PASSED_WITH_COMMENTS)
STEP_RESULTS = (ExecutionResult.PASSED, ExecutionResult.FAILED, ExecutionResult.BLOCKED)


class Severity(TextChoices):
    """Rank how much a defect hurts."""

    SHOWSTOPPER = "SHOWSTOPPER", _("Showstopper")
    HIGH = "HIGH", _("High")
    MEDIUM = "MEDIUM", _("Medium")
    LOW = "LOW", _("Low")


class DefectState(TextChoices):
    """Say where a defect stands."""

    OPEN = "OPEN", _("Open")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    FIXED = "FIXED", _("Fixed, to be tested again")
    CLOSED = "CLOSED", _("Closed")
    REOPENED = "REOPENED", _("Opened again")
    REJECTED = "REJECTED", _("Not a defect")
    DEFERRED = "DEFERRED", _("Deferred")


OPEN_STATES = (
    DefectState.OPEN,
    DefectState.IN_PROGRESS,
    DefectState.FIXED,
    DefectState.REOPENED,
    DefectState.DEFERRED,
)


class Triage(TextChoices):
    """Say what a defect turned out to be."""

    UNTRIAGED = "UNTRIAGED", _("Not triaged")
    DEFECT = "DEFECT", _("Defect")
    TRAINING = "TRAINING", _("Training")
    DATA = "DATA", _("Data")
    CONFIGURATION = "CONFIGURATION", _("Configuration")
    ENHANCEMENT = "ENHANCEMENT", _("Enhancement")
