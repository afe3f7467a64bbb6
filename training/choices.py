"""Words of training."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TrainingResult(TextChoices):
    """Say what a person showed: being there, finishing and passing are three things."""

    ATTENDED = "ATTENDED", _("Attended")
    COMPLETED = "COMPLETED", _("Completed")
    PASSED = "PASSED", _("Passed the scenario check")
    FAILED = "FAILED", _("Failed the scenario check")


COMPLETION_RESULTS = (TrainingResult.COMPLETED, TrainingResult.PASSED)
