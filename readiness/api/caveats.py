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
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.serializers import StrictSerializer
from governance.api.views import ListView
from governance.choices import Scope
from governance.models import Caveat, Project
from governance.permissions import may_report_status, seat_of
from readiness.models import CaveatResolution
from readiness.pages.caveats import resolutions_of
from readiness.services.caveats import (
    LONGEST_CAVEAT,
    CaveatRefused,
    resolve_caveat,
    write_caveat,
)

NOT_YOURS = "Only the project manager and the executives write and resolve caveats."
LONGEST_REASON = 5000


class CaveatSerializer(serializers.ModelSerializer[Caveat]):
    """A reservation; it stands on page one until it is resolved."""

    id = serializers.UUIDField(source="public_id")
    written_by = serializers.CharField(source="written_by.name")
    resolved_at = serializers.SerializerMethodField()
    resolved_by = serializers.SerializerMethodField()
    resolution = serializers.SerializerMethodField()

    class Meta:
        model = Caveat
        fields = [
            "id",
            "text",
            "written_by",
            "written_at",
            "recorded_at",
            "resolved_at",
            "resolved_by",
            "resolution",
        ]

    def _end(self, row: Caveat) -> CaveatResolution | None:
        ends: dict[int, CaveatResolution] = self.context.get("ends", {})
        return ends.get(row.pk)

    def get_resolved_at(self, row: Caveat) -> str | None:
        """Return the moment it was resolved."""
        end = self._end(row)
        return serializers.DateTimeField().to_representation(end.resolved_at) if end else None

    def get_resolved_by(self, row: Caveat) -> str | None:
        """Return who resolved it."""
        end = self._end(row)
        return end.resolved_by.name if end else None

    def get_resolution(self, row: Caveat) -> str | None:
        """Return what became of it."""
        end = self._end(row)
        return end.reason if end else None


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
        ended = CaveatResolution.objects.values("caveat_id")
        return rows.exclude(pk__in=ended) if value else rows.filter(pk__in=ended)


class CaveatListView(PushView, ListView):
    """Caveats."""

    scopes = {"GET": Scope.READ, "POST": Scope.PUSH}
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
        shown = CaveatSerializer(page, many=True, context={"ends": resolutions_of(page)})
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

        :raises PermissionDenied: the caller does not report the status.
        :raises CaveatRefused: the caveat cannot be.
        """
        if not may_report_status(seat_of(self.caller, project=project)):
            raise PermissionDenied(NOT_YOURS)
        row = write_caveat(
            project=project,
            text=fields["text"],
            writer=self.caller,
            written_at=timezone.now(),
        )
        row.refresh_from_db(fields=["recorded_at"])
        return dict(CaveatSerializer(row).data)


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
        reached = self.reached_project(project)
        get_object_or_404(Caveat.objects.filter(project=reached), public_id=caveat)
        return self.push(request, reached)

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the resolution.

        :raises PermissionDenied: the caller does not report the status.
        :raises CaveatRefused: it was resolved before.
        """
        if not may_report_status(seat_of(self.caller, project=project)):
            raise PermissionDenied(NOT_YOURS)
        rows = Caveat.objects.filter(project=project).select_related("project", "written_by")
        row = rows.get(public_id=self.kwargs["caveat"])
        resolve_caveat(
            caveat=row,
            reason=fields["reason"],
            resolver=self.caller,
            resolved_at=timezone.now(),
        )
        return dict(CaveatSerializer(row, context={"ends": resolutions_of([row])}).data)
