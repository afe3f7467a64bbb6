"""Shapes of training records."""

from typing import Any

from rest_framework import serializers

from governance.api.fields import MomentField
from governance.api.serializers import StrictSerializer
from training.choices import TrainingResult
from training.models import TrainingRecord


class RecordSerializer(serializers.ModelSerializer[TrainingRecord]):
    """One thing a person did in a course."""

    id = serializers.UUIDField(source="public_id")
    person = serializers.CharField(source="person.external_id", help_text="Id in the roster.")
    course = serializers.CharField(source="course.code")

    class Meta:
        model = TrainingRecord
        fields = [
            "id",
            "person",
            "course",
            "course_version",
            "result",
            "score",
            "score_max",
            "happened_at",
            "source",
            "external_id",
            "recorded_at",
        ]


class MatrixSerializer(serializers.Serializer[Any]):
    """The people of one job role in one course it needs."""

    job_role = serializers.CharField(help_text="Code of the job role.")
    course = serializers.CharField(help_text="Code of the course.")
    is_mandatory = serializers.BooleanField()
    due = serializers.IntegerField(help_text="People who hold the job role.")
    completed = serializers.IntegerField()
    passed = serializers.IntegerField(
        help_text="Of its scenario check; completed, where it has none."
    )
    outdated = serializers.IntegerField(help_text="Completed an older version.")


class NeedSerializer(serializers.Serializer[Any]):
    """One person who needs one course, and how far the person is."""

    person = serializers.CharField(help_text="Id in the roster.")
    course = serializers.CharField(help_text="Code of the course.")
    is_mandatory = serializers.BooleanField()
    due_date = serializers.DateField(allow_null=True)
    is_through = serializers.BooleanField(
        help_text="Passed the scenario check; completed, where the course has none."
    )
    completed_at = serializers.DateTimeField(allow_null=True)
    completed_version = serializers.CharField(allow_blank=True)
    passed_at = serializers.DateTimeField(allow_null=True)
    last_attempt_at = serializers.DateTimeField(allow_null=True)


class RecordPushSerializer(StrictSerializer):
    """A record as the learning system knows it."""

    person = serializers.CharField(max_length=100, help_text="Id in the roster.")
    course = serializers.CharField(max_length=100, help_text="Code of the course.")
    course_version = serializers.CharField(
        max_length=20, default="", allow_blank=True, help_text="The current one unless given."
    )
    result = serializers.ChoiceField(choices=TrainingResult.choices)
    score = serializers.DecimalField(
        max_digits=7, decimal_places=2, default=None, allow_null=True, min_value=0
    )
    score_max = serializers.DecimalField(
        max_digits=7, decimal_places=2, default=None, allow_null=True, min_value=0
    )
    happened_at = MomentField()
    source = serializers.CharField(max_length=60, default="REST")  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=200, help_text="Its name in the source.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Return the fields.

        :raises ValidationError: a maximum without a score.
        """
        if attrs["score"] is None and attrs["score_max"] is not None:
            raise serializers.ValidationError({"score": ["A maximum needs a score."]})
        return attrs
