"""Words of training."""

from django.db.models import TextChoices


class TrainingResult(TextChoices):
    """Say what a person showed: being there, finishing and passing are three things."""

    ATTENDED = "ATTENDED", "Attended"
    COMPLETED = "COMPLETED", "Completed"
    PASSED = "PASSED", "Passed the scenario check"
    FAILED = "FAILED", "Failed the scenario check"


COMPLETION_RESULTS = (TrainingResult.COMPLETED, TrainingResult.PASSED)
CHECK_RESULTS = (TrainingResult.PASSED, TrainingResult.FAILED)
