"""Shapes that more than one address reads or writes."""

import json
from typing import Any

from django.conf import settings
from rest_framework import serializers

from governance.choices import ImportState, JobState, OrganisationKind, Scope
from governance.models import ImportRun, Job
from governance.services.imports import AUTO, KNOWN_OPTIONS

LONGEST_OPTIONS = 500


class StrictSerializer(serializers.Serializer[Any]):
    """Refuse fields that nobody asked for, so that a typing mistake is not lost."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the fields.

        :raises ValidationError: a field is unknown, missing or wrong.
        """
        if isinstance(data, dict):
            unknown = [name for name in data if name not in self.fields]
            if unknown:
                text = "There is no such field here."
                raise serializers.ValidationError(
                    {name: [text] for name in unknown}, code="unknown"
                )
        return super().to_internal_value(data)


class TokenSerializer(serializers.Serializer[Any]):
    """Who a token speaks for and what it may do."""

    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    organisation = serializers.CharField(source="user.organisation.name")
    side = serializers.ChoiceField(source="user.kind", choices=OrganisationKind.choices)
    token = serializers.CharField(source="prefix", help_text="The first characters of it.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    expires_at = serializers.DateTimeField(allow_null=True)


class JobSerializer(serializers.ModelSerializer[Job]):
    """How far a piece of background work has come."""

    id = serializers.UUIDField(source="public_id")
    state = serializers.ChoiceField(choices=JobState.choices)

    class Meta:
        model = Job
        fields = [
            "id",
            "kind",
            "state",
            "attempts",
            "progress_done",
            "progress_due",
            "error",
            "created_at",
            "started_at",
            "finished_at",
        ]


class RowRemarkSerializer(serializers.Serializer[Any]):
    """Why one row of a file was refused or skipped, and what to do."""

    row = serializers.IntegerField(allow_null=True, required=False)
    column = serializers.CharField(allow_blank=True, allow_null=True, required=False)
    value = serializers.CharField(allow_blank=True, allow_null=True, required=False)
    reason = serializers.CharField()
    remedy = serializers.CharField(allow_blank=True, required=False)


class ImportRunSerializer(serializers.ModelSerializer[ImportRun]):
    """One attempt to import one file: what was taken, refused and skipped, and why."""

    id = serializers.UUIDField(source="public_id")
    file = serializers.CharField(source="attachment.name", default=None, allow_null=True)
    sha256 = serializers.CharField(source="attachment.sha256", default=None, allow_null=True)
    actor = serializers.CharField(source="actor.name", default=None, allow_null=True)
    state = serializers.ChoiceField(choices=ImportState.choices)
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Rows written by kind of row."
    )
    refusals = RowRemarkSerializer(many=True)
    skips = RowRemarkSerializer(many=True)
    options = serializers.DictField()

    class Meta:
        model = ImportRun
        fields = [
            "id",
            "kind",
            "file",
            "sha256",
            "actor",
            "options",
            "dry_run",
            "state",
            "taken",
            "unchanged",
            "refused",
            "skipped",
            "counts",
            "refusals",
            "skips",
            "message",
            "created_at",
            "finished_at",
        ]


class ImportUploadSerializer(StrictSerializer):
    """A file and how it is to be read."""

    file = serializers.FileField()
    kind = serializers.CharField(
        default=AUTO,
        max_length=20,
        help_text=f"One of {AUTO}, {', '.join(settings.IMPORT_KINDS)}.",
    )
    dry_run = serializers.BooleanField(default=False, help_text="Check only, write nothing.")
    options = serializers.CharField(
        default="{}",
        max_length=LONGEST_OPTIONS,
        help_text="JSON object; known: "
        + "; ".join(f"{name} ({what})" for name, what in KNOWN_OPTIONS.items())
        + ".",
    )

    def validate_options(self, text: str) -> dict[str, Any]:
        """Return the options.

        :raises ValidationError: it is not a JSON object.
        """
        try:
            options = json.loads(text)
            # what no database keeps: infinities, halves of characters and NUL
            kept = json.dumps(options, allow_nan=False, ensure_ascii=False).encode()
        except (ValueError, RecursionError) as error:
            raise serializers.ValidationError("This is not JSON.") from error
        if not isinstance(options, dict) or b"\\u0000" in kept:
            raise serializers.ValidationError("Give a JSON object.")
        return options
