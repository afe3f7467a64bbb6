"""Read the record of a project: its entries as they were hashed, and its checkpoints."""

import json
from typing import Any, ClassVar
from uuid import UUID

from django_filters import ChoiceFilter, UUIDFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters, MomentFilter
from governance.api.views import ListView
from governance.choices import RecordKind
from governance.models import Checkpoint, RecordEntry


class RecordEntryFilters(Filters):
    """Find entries of a record."""

    kind = ChoiceFilter(field_name="kind", choices=RecordKind.choices)
    account = UUIDFilter(field_name="actor__public_id")
    about = UUIDFilter(field_name="subject_id")
    at_after = MomentFilter(field_name="at", lookup_expr="gt")
    at_before = MomentFilter(field_name="at", lookup_expr="lt")


class RecordEntrySerializer(serializers.ModelSerializer[RecordEntry]):
    """One entry: what was done, and the very text that was hashed."""

    number = serializers.IntegerField(source="seq", help_text="From 0, without a gap.")
    kind = serializers.ChoiceField(choices=RecordKind.choices)
    actor = serializers.CharField(source="actor.name", default=None, allow_null=True)
    organisation = serializers.CharField(
        source="actor.organisation.name", default=None, allow_null=True
    )
    about = serializers.UUIDField(
        source="subject_id", allow_null=True, help_text="The row that was acted on."
    )
    noun = serializers.CharField(source="subject_noun", help_text="What kind of row that is.")
    terms = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()
    body = serializers.CharField(help_text="Canonical JSON; its bytes are the leaf of the tree.")

    class Meta:
        model = RecordEntry
        fields: ClassVar[list[str]] = [
            *("number", "kind", "at", "actor", "organisation", "noun", "about"),
            *("terms", "texts", "body", "leaf_hash"),
        ]

    def get_terms(self, entry: RecordEntry) -> dict[str, Any]:
        """Return what was said, without free text."""
        terms: dict[str, Any] = json.loads(entry.body)["terms"]
        return terms

    def get_texts(self, entry: RecordEntry) -> dict[str, str]:
        """Return the free texts; an erased one is empty."""
        return {text.name: text.text for text in entry.texts.all()}


class RecordEntryListView(ListView):
    """What was done in a project, entry by entry."""

    queryset = RecordEntry.objects.none()
    filterset_class = RecordEntryFilters
    serializer_class = RecordEntrySerializer

    @extend_schema(
        operation_id="record_entry_list",
        summary="Record",
        description="Every governance act of the project, in the order of the record.",
        tags=["Record"],
        responses=RecordEntrySerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the entries of a record, the oldest first."""
        rows = RecordEntry.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.whole().in_order())


class CheckpointSerializer(serializers.ModelSerializer[Checkpoint]):
    """A signed note over the record at one size."""

    size = serializers.IntegerField(help_text="How many entries it covers.")
    root = serializers.CharField(  # type: ignore[assignment]
        help_text="SHA-256 of the tree, in hexadecimal."
    )
    note = serializers.CharField(help_text="To be kept outside, exactly as it is.")
    anchored_at = serializers.DateTimeField(
        allow_null=True, help_text="When it left the house last; empty where it never did."
    )

    class Meta:
        model = Checkpoint
        fields: ClassVar[list[str]] = ["size", "root", "note", "made_at", "anchored_at"]


class CheckpointListView(ListView):
    """The signed ends of a record."""

    queryset = Checkpoint.objects.none()
    serializer_class = CheckpointSerializer

    @extend_schema(
        operation_id="checkpoint_list",
        summary="Checkpoints",
        tags=["Record"],
        responses=CheckpointSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the checkpoints of a record, the newest first."""
        rows = Checkpoint.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.with_anchors().order_by("-size"))
