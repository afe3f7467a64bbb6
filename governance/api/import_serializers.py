"""What the addresses of imports read and write."""

import json
from typing import Any

from django.conf import settings
from rest_framework import serializers

from governance.api.serializers import StrictSerializer
from governance.choices import ImportState
from governance.models import ColumnMapping, ImportRun, ImportUndo
from governance.services.imports import AUTO, KNOWN_OPTIONS

LONGEST_OPTIONS = 8_000


class HeadingSerializer(serializers.Serializer[Any]):
    """A heading of a file, and what stands below it in the first rows."""

    title = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())


class RecognisedSerializer(serializers.Serializer[Any]):
    """What one table of a file was taken for; an empty kind was not recognised."""

    name = serializers.CharField()
    kind = serializers.CharField(allow_blank=True)
    dialect = serializers.CharField(allow_blank=True)
    encoding = serializers.CharField()
    rows = serializers.IntegerField()
    heading_row = serializers.IntegerField(allow_null=True)
    headings = HeadingSerializer(many=True)
    columns = serializers.DictField(
        source="fields", child=serializers.CharField(), help_text="Our field to the file's column."
    )
    mapped = serializers.BooleanField(help_text="Somebody said which column is which.")


class ImportUndoSerializer(serializers.ModelSerializer[ImportUndo]):
    """Who undid an import, when and why, and how many rows were voided."""

    undone_by = serializers.CharField(source="undone_by.name", default=None, allow_null=True)
    voided = serializers.DictField(source="counts", child=serializers.IntegerField())

    class Meta:
        model = ImportUndo
        fields = ["reason", "undone_by", "undone_at", "voided"]


class ImportReasonSerializer(StrictSerializer):
    """Why an import is undone."""

    reason = serializers.CharField(max_length=2000)


class ColumnMappingSerializer(serializers.ModelSerializer[ColumnMapping]):
    """Which column is which, for files of a kind with the same headings."""

    id = serializers.UUIDField(source="public_id")
    headings = serializers.ListField(child=serializers.CharField())
    columns = serializers.DictField(
        source="fields", child=serializers.CharField(), help_text="Our field to the file's column."
    )
    changed_by = serializers.CharField(source="changed_by.name", default=None, allow_null=True)

    class Meta:
        model = ColumnMapping
        fields = ["id", "kind", "headings", "columns", "changed_by", "changed_at"]


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
    recognised = RecognisedSerializer(many=True)
    undo = ImportUndoSerializer(default=None, allow_null=True)

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
            "recognised",
            "undo",
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
