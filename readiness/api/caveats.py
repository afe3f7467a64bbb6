"""Read, push and resolve the caveats that stand on page one."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import BooleanFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.serializers import StrictSerializer
from governance.api.views import ListView
from governance.models import Caveat, Project
from governance.services.caveats import LONGEST_CAVEAT, CaveatRefused
from readiness.models import CaveatResolution
from readiness.pages.caveats import CaveatRow, caveat_rows
from readiness.services.caveats import (
    add_caveat,
    resolve_caveat,
)

LONGEST_REASON = 5000


class CaveatSerializer(serializers.Serializer[CaveatRow]):
    """A reservation; it stands on page one until it is resolved."""

    id = serializers.UUIDField(source="caveat.public_id")
    text = serializers.CharField(source="caveat.text")
    written_by = serializers.CharField(source="caveat.written_by.name")
    written_at = serializers.DateTimeField(source="caveat.written_at")
    recorded_at = serializers.DateTimeField(source="caveat.recorded_at", read_only=True)
    note_of = serializers.CharField(
        source="caveat.source_title", help_text="The row whose note it is; empty without one."
    )
    opened_by = serializers.ListField(child=serializers.CharField(), read_only=True)
    resolved_at = serializers.DateTimeField(
        source="resolution.resolved_at", default=None, allow_null=True, read_only=True
    )
    resolved_by = serializers.CharField(
        source="resolution.resolved_by.name", default=None, allow_null=True, read_only=True
    )
    resolution = serializers.CharField(
        source="resolution.reason", default=None, allow_null=True, read_only=True
    )


class CaveatPushSerializer(StrictSerializer):
    """A reservation that the readers of page one have to know."""

    text = serializers.CharField(max_length=LONGEST_CAVEAT)


class ResolutionPushSerializer(StrictSerializer):
    """What became of a caveat."""

    reason = serializers.CharField(max_length=LONGEST_REASON)


class CaveatFilters(Filters):
    """Find caveats."""

    open = BooleanFilter(method="keep_open", help_text="Those that stand, or those resolved.")

    def keep_open(self, rows: "QuerySet[Caveat]", name: str, value: bool) -> "QuerySet[Caveat]":
        """Keep what stands on page one, or what does not any more."""
        ends = CaveatResolution.objects
        return ends.standing_of(rows) if value else ends.settled_of(rows)


class CaveatListView(PushView, ListView):
    """Caveats."""

    queryset = Caveat.objects.none()
    filterset_class = CaveatFilters
    serializer_class = CaveatSerializer
    push_serializer_class = CaveatPushSerializer
    refusals = (CaveatRefused,)

    @extend_schema(
        operation_id="caveat_list",
        summary="Caveats",
        tags=["Reports by hand"],
        responses=CaveatSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the caveats of a project, resolved ones too, the newest first."""
        rows = Caveat.objects.filter(project=self.reached_project(project))
        found = rows.select_related("written_by").order_by("-written_at", "-pk")
        page = self.paginate_queryset(self.filter_queryset(found)) or []
        shown = self.get_serializer(caveat_rows(page), many=True)
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="caveat_add",
        summary="Push a caveat",
        tags=["Reports by hand"],
        parameters=[KEY_PARAMETER],
        request=CaveatPushSerializer,
        responses={201: CaveatSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Write a caveat in the name of the account behind the token."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the caveat.

        :raises CaveatRefused: the caveat cannot be.
        """
        row = add_caveat(
            project=project,
            text=fields["text"],
            writer=self.caller,
            written_at=timezone.now(),
        )
        row.refresh_from_db(fields=["recorded_at"])
        return dict(CaveatSerializer(CaveatRow(row)).data)


class CaveatResolutionView(PushView):
    """The end of one caveat."""

    push_serializer_class = ResolutionPushSerializer
    refusals = (CaveatRefused,)

    @extend_schema(
        operation_id="caveat_resolve",
        summary="Resolve a caveat",
        description="It leaves page one with the reason, and stays on record.",
        tags=["Reports by hand"],
        parameters=[KEY_PARAMETER],
        request=ResolutionPushSerializer,
        responses={201: CaveatSerializer},
    )
    def post(self, request: Request, project: UUID, caveat: UUID) -> HttpResponse:
        """Resolve a caveat in the name of the account behind the token."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the resolution.

        :raises CaveatRefused: it was resolved before.
        """
        rows = Caveat.objects.filter(project=project).select_related("project", "written_by")
        row = get_object_or_404(rows, public_id=self.kwargs["caveat"])
        end = resolve_caveat(
            caveat=row,
            reason=fields["reason"],
            resolver=self.caller,
            resolved_at=timezone.now(),
        )
        return dict(CaveatSerializer(CaveatRow(row, end)).data)
