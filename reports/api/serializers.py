"""Shapes of kept reports."""

from django.conf import settings
from rest_framework import serializers

from governance.api.serializers import StrictSerializer
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
