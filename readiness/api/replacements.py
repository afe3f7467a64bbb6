"""Read who was replaced, and what became of what they held."""

from typing import Any
from uuid import UUID

from django_filters import BooleanFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import HeldKind
from governance.models import Replacement


class HeldItemSerializer(serializers.Serializer[Any]):
    """One thing that was held; nobody took it over while `taken_by` is empty."""

    held = serializers.ChoiceField(source="kind", choices=HeldKind.choices)
    code = serializers.CharField()
    title = serializers.CharField()
    due_date = serializers.DateField(allow_null=True)
    taken_by = serializers.CharField(source="handover.taken_by.name", default=None, allow_null=True)
    taken_at = serializers.DateTimeField(source="handover.taken_at", default=None, allow_null=True)


class ReplacementSerializer(serializers.Serializer[Any]):
    """A partner, or one consultant of it, that the client replaced."""

    id = serializers.UUIDField(source="public_id")
    partner = serializers.CharField(source="partner.name")
    consultant = serializers.CharField(source="consultant.name", default=None, allow_null=True)
    decision = serializers.CharField(source="decision.code")
    reason = serializers.CharField()
    leaves_date = serializers.DateField()
    replaced_by = serializers.CharField(source="replaced_by.name")
    replaced_at = serializers.DateTimeField()
    held = HeldItemSerializer(many=True)


class ReplacementFilters(Filters):
    """Find replacements."""

    open = BooleanFilter(
        field_name="held__handover",
        lookup_expr="isnull",
        distinct=True,
        help_text="Those of which something is not handed over, or something is.",
    )


class ReplacementListView(ListView):
    """Who was replaced, with what they held."""

    queryset = Replacement.objects.none()
    filterset_class = ReplacementFilters
    serializer_class = ReplacementSerializer

    @extend_schema(
        operation_id="replacement_list",
        summary="Replaced partners and consultants",
        tags=["Registers"],
        responses=ReplacementSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List who was replaced, the newest first, with what they held."""
        rows = Replacement.objects.filter(project=self.reached_project(project))
        fetched = rows.select_related("partner", "consultant", "decision", "replaced_by")
        beside = fetched.prefetch_related("held__handover__taken_by")
        return self.answer_page(beside.newest_first())
