"""What a tester brings back from a run: how each step ended, and photos."""

from django.db import models
from django.db.models import Q

from governance.models import AppendOnly, Attachment, Fact
from governance.models.tenancy import of_one_project
from governance.querysets import FactQuerySet
from uat.choices import STEP_RESULTS, ExecutionResult
from uat.models.executions import Execution


class StepResult(AppendOnly, Fact):
    """How one step of a run ended, with the step in the words the tester read."""

    execution = models.ForeignKey(Execution, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField()
    instruction = models.TextField(blank=True)
    result = models.CharField(max_length=20, choices=ExecutionResult)
    comment = models.TextField(blank=True)

    objects = FactQuerySet["StepResult"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("step", "execution"),
            models.UniqueConstraint(
                fields=["execution", "number"], name="a_step_ends_once_in_a_run"
            ),
            models.CheckConstraint(
                condition=Q(result__in=[str(result) for result in STEP_RESULTS]),
                name="a_step_passes_fails_or_is_blocked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.result}"


class Photo(AppendOnly, Fact):
    """A photo taken in a run: made anew by us, without what the camera wrote into it."""

    execution = models.ForeignKey(Execution, on_delete=models.PROTECT, related_name="photos")
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, help_text="Of the kept file; also in the run.")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    objects = FactQuerySet["Photo"].as_manager()

    class Meta:
        constraints = [
            *of_one_project("photo", "execution", clients=("attachment",)),
            models.UniqueConstraint(
                fields=["execution", "sha256"], name="a_run_shows_a_photo_once"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256
