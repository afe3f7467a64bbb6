"""Shapes of scenarios, runs and defects."""

from typing import Any

from rest_framework import serializers

from governance.api.fields import MomentField
from governance.api.serializers import StrictSerializer
from governance.choices import Affiliation
from uat.choices import (
    STEP_RESULTS,
    DefectState,
    ExecutionResult,
    ScenarioClass,
    Severity,
    Triage,
)
from uat.imports.runs import SOURCE as FILE
from uat.models import Defect, Execution, Photo, Scenario, StepResult
from uat.policy import MOST_STEPS
from uat.services.executions import FORM

LONGEST_TEXT = 10_000
STEP_CHOICES = [(str(result), str(result)) for result in STEP_RESULTS]
KEPT_SOURCES = (FILE, FORM)


class ScenarioSerializer(serializers.ModelSerializer[Scenario]):
    """What has to be tested, with the newest run by the client's business."""

    id = serializers.UUIDField(source="public_id")
    process = serializers.CharField(source="process.code", default=None, allow_null=True)

    class Meta:
        model = Scenario
        fields = [
            "id",
            "code",
            "title",
            "process",
            "scenario_class",
            "criticality",
            "in_scope",
            "origin",
            "steps",
            "latest_result",
            "latest_executed_at",
            "changed_at",
        ]


class CoverageSerializer(serializers.Serializer[Any]):
    """Scenarios in scope of one class of one accountable process, for the business."""

    process = serializers.CharField(
        source="process__accountable__code",
        allow_null=True,
        help_text="Code of the process; null: of none.",
    )
    scenario_class = serializers.ChoiceField(choices=ScenarioClass.choices)
    due = serializers.IntegerField(help_text="In scope.")
    tested = serializers.IntegerField(
        help_text="Run by the business since the last change; a blocked run tested nothing."
    )
    passed = serializers.IntegerField()
    failed = serializers.IntegerField()


class StepSerializer(serializers.ModelSerializer[StepResult]):
    """How one step of a run ended."""

    result = serializers.ChoiceField(choices=STEP_CHOICES)

    class Meta:
        model = StepResult
        fields = ["number", "instruction", "result", "comment"]


class PhotoSerializer(serializers.ModelSerializer[Photo]):
    """A photo of a run; its file has an address of its own."""

    id = serializers.UUIDField(source="public_id")
    size = serializers.IntegerField(source="attachment.size", help_text="Bytes.")

    class Meta:
        model = Photo
        fields = ["id", "sha256", "size", "width", "height"]


class ExecutionSerializer(serializers.ModelSerializer[Execution]):
    """One run of a scenario; only a run by the client's business is counted."""

    id = serializers.UUIDField(source="public_id")
    scenario = serializers.CharField(source="scenario.code")
    affiliation = serializers.ChoiceField(choices=Affiliation.choices)
    steps = StepSerializer(many=True)
    photos = PhotoSerializer(many=True)

    class Meta:
        model = Execution
        fields = [
            "id",
            "scenario",
            "tester_name",
            "affiliation",
            "result",
            "executed_at",
            "build",
            "comment",
            "evidence",
            "defect_code",
            "steps",
            "photos",
            "source",
            "external_id",
            "recorded_at",
        ]


class StepPushSerializer(StrictSerializer):
    """How one step ended."""

    number = serializers.IntegerField(min_value=1, max_value=999)
    result = serializers.ChoiceField(choices=STEP_CHOICES)
    comment = serializers.CharField(max_length=LONGEST_TEXT, default="", allow_blank=True)
    instruction = serializers.CharField(
        max_length=LONGEST_TEXT,
        default="",
        allow_blank=True,
        help_text="The scenario's own step of that number unless given.",
    )


class ExecutionPushSerializer(StrictSerializer):
    """A run by the account that sends it."""

    scenario = serializers.CharField(max_length=100, help_text="Code of the scenario.")
    result = serializers.ChoiceField(
        choices=ExecutionResult.choices,
        default="",
        help_text="As the steps ended unless given; one of the two is needed.",
    )
    executed_at = MomentField()
    build = serializers.CharField(max_length=60, default="", allow_blank=True)
    comment = serializers.CharField(
        max_length=LONGEST_TEXT,
        default="",
        allow_blank=True,
        help_text="Needed when the run failed or was blocked.",
    )
    evidence = serializers.CharField(max_length=500, default="", allow_blank=True)
    defect_code = serializers.CharField(max_length=100, default="", allow_blank=True)
    source = serializers.CharField(max_length=60, default="REST")  # type: ignore[assignment]
    external_id = serializers.CharField(
        max_length=200, default="", allow_blank=True, help_text="Its name in the source."
    )
    steps = StepPushSerializer(
        many=True,
        default=list,
        max_length=MOST_STEPS,  # type: ignore[call-arg]
    )

    def validate_source(self, source: str) -> str:
        """Return the name of the source.

        A run in the name of our own files or forms would take the place of the one that a
        file brings later under the same id.

        :raises ValidationError: the name is kept for files or forms.
        """
        if source in KEPT_SOURCES:
            raise serializers.ValidationError("That name is kept for files and forms.")
        return source


class DefectSerializer(serializers.ModelSerializer[Defect]):
    """Something that does not work, with its newest state."""

    id = serializers.UUIDField(source="public_id")
    scenario = serializers.CharField(source="scenario.code", default=None, allow_null=True)
    process = serializers.CharField(source="process.code", default=None, allow_null=True)

    class Meta:
        model = Defect
        fields = [
            "id",
            "code",
            "title",
            "scenario",
            "process",
            "severity",
            "triage",
            "state",
            "was_reopened",
            "raised_by",
            "raised_affiliation",
            "raised_at",
            "owner_name",
            "fix_due_date",
            "source",
        ]


class DefectPushSerializer(StrictSerializer):
    """A defect seen by the account that sends it."""

    code = serializers.CharField(max_length=100)
    title = serializers.CharField(max_length=500)
    severity = serializers.ChoiceField(choices=Severity.choices)
    raised_at = MomentField()
    scenario = serializers.CharField(
        max_length=100, default="", allow_blank=True, help_text="Code of the scenario."
    )
    process = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Code of the process."
    )
    owner_name = serializers.CharField(max_length=200, default="", allow_blank=True)
    fix_due_date = serializers.DateField(default=None, allow_null=True)
    source = serializers.CharField(max_length=60, default="REST")  # type: ignore[assignment]


class DefectChangeSerializer(StrictSerializer):
    """A change of a defect: its state, what it turned out to be, or both."""

    state = serializers.ChoiceField(choices=DefectState.choices, required=False)
    triage = serializers.ChoiceField(choices=Triage.choices, required=False)
    note = serializers.CharField(max_length=LONGEST_TEXT, default="", allow_blank=True)

    def validate(self, attrs: dict[str, str]) -> dict[str, str]:
        """Return the fields.

        :raises ValidationError: nothing is to change.
        """
        if not {"state", "triage"} & set(attrs):
            raise serializers.ValidationError("Give a state, a triage or both.")
        return attrs
