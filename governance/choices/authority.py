"""Words of powers, decision rights and what waits for a decision."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ruling(TextChoices):
    """Say what a process owner made of a vendor's assumption."""

    RATIFIED = "RATIFIED", _("Ratified")
    CORRECTED = "CORRECTED", _("Corrected")
    REJECTED = "REJECTED", _("Rejected")


class Power(TextChoices):
    """Name what a charter lets a project manager do."""

    CALL_PEOPLE = "CALL_PEOPLE", _("Call people to training and testing")
    ESCALATE = "ESCALATE", _("Escalate directly to the sponsor")
    STOP_GATE = "STOP_GATE", _("Stop a gate")
    HOLD_PLAN = "HOLD_PLAN", _("Hold the plan")


class AssessedAs(TextChoices):
    """Say from which side somebody looked at the leadership of a project."""

    PROJECT_MANAGER = "PROJECT_MANAGER", _("Project manager")
    SPONSOR = "SPONSOR", _("Sponsor")


class DecisionKind(TextChoices):
    """Name the kinds of decision that need one decider each."""

    SCOPE = "SCOPE", _("Scope")
    DESIGN = "DESIGN", _("Process design")
    CUSTOMISATION = "CUSTOMISATION", _("Customisation")
    DATA = "DATA", _("Data")
    TESTING = "TESTING", _("Testing")
    TRAINING = "TRAINING", _("Training")
    ACCESS = "ACCESS", _("Roles and access")
    CUTOVER = "CUTOVER", _("Cutover")


class DependentKind(TextChoices):
    """Name what waits for a decision or rests on an assumption, beside processes."""

    SCENARIO = "SCENARIO", _("Scenario")
    CRITERION = "CRITERION", _("Criterion")
    DECISION = "DECISION", _("Decision")


class HeldKind(TextChoices):
    """Name what a replaced partner or consultant held."""

    ASSUMPTION = "ASSUMPTION", _("Assumption")
    DECISION = "DECISION", _("Decision")
    DEFECT = "DEFECT", _("Defect")
    KNOWLEDGE = "KNOWLEDGE", _("Knowledge")
