"""Shapes of figures and colours that somebody reports."""

from typing import Any

from rest_framework import serializers

from governance.api.fields import MomentField
from governance.api.serializers import StrictSerializer
from readiness.choices import ReportedColour
from readiness.models import ReportedReading, ReportedStatus

LONGEST_NOTE = 5000


class ReportedMetricSerializer(serializers.ModelSerializer[ReportedReading]):
    """A reported figure: done of due for a share, else a value (yes/no: 1 or 0)."""

    id = serializers.UUIDField(source="public_id")
    process = serializers.CharField(source="process.code", default=None, allow_null=True)
    reporter = serializers.CharField(source="reporter.name")

    class Meta:
        model = ReportedReading
        fields = [
            "id",
            "metric",
            "process",
            "done",
            "due",
            "value",
            "source_system",
            "note",
            "reporter",
            "reported_at",
            "ttl_days",
            "recorded_at",
        ]


class ReportedMetricPushSerializer(StrictSerializer):
    """A figure that this project's policy asks somebody to report."""

    metric = serializers.CharField(max_length=60)
    reported_at = MomentField(help_text="When it was true.")
    source_system = serializers.CharField(max_length=100)
    done = serializers.IntegerField(
        min_value=0, max_value=2_147_483_647, default=None, allow_null=True
    )
    due = serializers.IntegerField(
        min_value=0, max_value=2_147_483_647, default=None, allow_null=True
    )
    value = serializers.DecimalField(max_digits=16, decimal_places=4, default=None, allow_null=True)
    ttl_days = serializers.IntegerField(
        min_value=1,
        max_value=366,
        default=None,
        allow_null=True,
        help_text="How long it counts; the policy's own time unless given.",
    )
    note = serializers.CharField(max_length=LONGEST_NOTE, default="", allow_blank=True)
    process = serializers.CharField(
        max_length=40, default="", allow_blank=True, help_text="Code of the process."
    )


class ReportedStatusSerializer(serializers.ModelSerializer[ReportedStatus]):
    """A colour given by hand; it is shown beside the verdict and never replaces it."""

    id = serializers.UUIDField(source="public_id")
    gate = serializers.CharField(source="gate_key", help_text="Empty: the whole project.")

    class Meta:
        model = ReportedStatus
        fields = [
            "id",
            "gate",
            "colour",
            "original",
            "note",
            "reporter_name",
            "reported_at",
            "source",
            "recorded_at",
        ]


class ReportedStatusPushSerializer(StrictSerializer):
    """How somebody sees the project, or one gate."""

    colour = serializers.ChoiceField(choices=ReportedColour.choices)
    reported_at = MomentField()
    gate = serializers.CharField(
        max_length=10, default="", allow_blank=True, help_text="Empty: the whole project."
    )
    note = serializers.CharField(max_length=LONGEST_NOTE, default="", allow_blank=True)
    caveat = serializers.CharField(
        max_length=LONGEST_NOTE,
        default="",
        allow_blank=True,
        help_text="A reservation that stands on page one.",
    )
    source = serializers.CharField(max_length=60, default="REST")  # type: ignore[assignment]

    def to_internal_value(self, data: Any) -> Any:
        """Return the fields under the names of the service."""
        fields = super().to_internal_value(data)
        fields["gate_key"] = fields.pop("gate")
        return fields
