"""Shapes of kept reports and packs."""

from django.conf import settings
from rest_framework import serializers

from governance.api.serializers import StrictSerializer
from governance.choices import JobState
from governance.models import Job
from reports.models import Report


class ReportSerializer(serializers.ModelSerializer[Report]):
    """The kept executive report of one judgement."""

    id = serializers.UUIDField(source="public_id")
    snapshot = serializers.UUIDField(source="snapshot.public_id")
    as_of = serializers.DateTimeField(source="snapshot.as_of", help_text="The moment judged.")

    class Meta:
        model = Report
        fields = ["id", "snapshot", "as_of", "language", "pages", "size", "sha256", "created_at"]


class ReportWishSerializer(StrictSerializer):
    """Which judgement to print."""

    snapshot = serializers.UUIDField(
        default=None, allow_null=True, help_text="The newest one unless given."
    )
    language = serializers.ChoiceField(
        choices=settings.LANGUAGES,
        default=None,
        allow_null=True,
        help_text="The language it is printed in; that of the request unless given.",
    )


class PackSerializer(serializers.ModelSerializer[Job]):
    """One export of a record by the caller, and the checkpoint that covers it."""

    id = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(choices=JobState.choices)
    size = serializers.IntegerField(
        source="payload.size", default=None, allow_null=True, help_text="How many entries."
    )
    sha256 = serializers.CharField(source="payload.sha256", default="", help_text="Of the file.")
    checkpoint = serializers.CharField(
        source="payload.checkpoint",
        default="",
        help_text="A signed note over these entries; keep it apart from the file.",
    )

    class Meta:
        model = Job
        fields = ["id", "state", "size", "sha256", "checkpoint", "created_at", "finished_at"]
