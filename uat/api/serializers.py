"""Shapes of scenarios, runs and defects."""

from rest_framework import serializers

from governance.api.fields import MomentField
from governance.api.serializers import StrictSerializer
from governance.choices import Affiliation
from uat.choices import DefectState, ExecutionResult, Severity, Triage
from uat.imports.runs import SOURCE as FILE
from uat.models import Defect, Execution, Scenario
from uat.services.executions import FORM

LONGEST_TEXT = 10_000
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
            "latest_result",
            "latest_executed_at",
            "changed_at",
        ]


class ExecutionSerializer(serializers.ModelSerializer[Execution]):
    """One run of a scenario; only a run by the client's business is counted."""

    id = serializers.UUIDField(source="public_id")
    scenario = serializers.CharField(source="scenario.code")
    affiliation = serializers.ChoiceField(choices=Affiliation.choices)

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
            "source",
            "external_id",
            "recorded_at",
        ]


class ExecutionPushSerializer(StrictSerializer):
    """A run by the account that sends it."""

    scenario = serializers.CharField(max_length=100, help_text="Code of the scenario.")
    result = serializers.ChoiceField(choices=ExecutionResult.choices)
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
