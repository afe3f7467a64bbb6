"""Read and push figures and colours that somebody reports."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.fields import row_named
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.views import ListView
from governance.models import BusinessProcess, Project
from governance.permissions import may_report_metric, seat_of
from readiness.api.filters import ReportedMetricFilters, ReportedStatusFilters
from readiness.api.serializers.reported import (
    ReportedMetricPushSerializer,
    ReportedMetricSerializer,
    ReportedStatusPushSerializer,
    ReportedStatusSerializer,
)
from readiness.models import ReportedReading, ReportedStatus
from readiness.pages.listing import roles_behind
from readiness.services.reporting import (
    ColourReport,
    Report,
    ReportRefused,
    report_metric,
    report_status,
)

NOT_YOUR_METRIC = "Your role in this project does not answer for this metric."


class ReportedMetricListView(PushView, ListView):
    """Figures that somebody reported."""

    queryset = ReportedReading.objects.none()
    filterset_class = ReportedMetricFilters
    serializer_class = ReportedMetricSerializer
    push_serializer_class = ReportedMetricPushSerializer
    refusals = (ReportRefused,)

    @extend_schema(
        operation_id="reported_metric_list",
        summary="Reported metrics",
        tags=["Reports by hand"],
        responses=ReportedMetricSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List what was reported, the newest first."""
        rows = ReportedReading.objects.filter(project=self.reached_project(project))
        found = rows.select_related("process", "reporter")
        return self.answer_page(found.order_by("-reported_at", "-pk"))

    @extend_schema(
        operation_id="reported_metric_add",
        summary="Push a reported metric",
        description="Done of due for a share, else a value; which one, the policy says.",
        tags=["Reports by hand"],
        parameters=[KEY_PARAMETER],
        request=ReportedMetricPushSerializer,
        responses={201: ReportedMetricSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Report one figure in the name of the account behind the token."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the figure.

        :raises PermissionDenied: the caller does not answer for the metric.
        :raises ReportRefused: the figure cannot be.
        """
        roles = roles_behind(project, metric=fields["metric"])
        if not may_report_metric(seat_of(self.caller, project=project), roles):
            raise PermissionDenied(NOT_YOUR_METRIC)
        code = fields.pop("process")
        rows = BusinessProcess.objects.filter(project=project)
        process = row_named(rows, field="process", noun="process", code=code) if code else None
        row = report_metric(
            project=project,
            report=Report(**fields, process=process),
            reporter=self.caller,
            now=timezone.now(),
        )
        row.refresh_from_db(fields=["recorded_at", "value"])
        return dict(ReportedMetricSerializer(row).data)


class ReportedStatusListView(PushView, ListView):
    """Colours that somebody gave by hand."""

    queryset = ReportedStatus.objects.none()
    filterset_class = ReportedStatusFilters
    serializer_class = ReportedStatusSerializer
    push_serializer_class = ReportedStatusPushSerializer
    refusals = (ReportRefused,)
    field_names = {"gate_key": "gate"}

    @extend_schema(
        operation_id="reported_status_list",
        summary="Reported statuses",
        tags=["Reports by hand"],
        responses=ReportedStatusSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the colours, the newest first."""
        rows = ReportedStatus.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.order_by("-reported_at", "-pk"))

    @extend_schema(
        operation_id="reported_status_add",
        summary="Push a reported status",
        tags=["Reports by hand"],
        parameters=[KEY_PARAMETER],
        request=ReportedStatusPushSerializer,
        responses={201: ReportedStatusSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Report a colour; it is shown beside the computed verdict and never replaces it."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the colour.

        :raises ReportRefused: the colour cannot be.
        """
        row = report_status(
            project=project,
            report=ColourReport(**fields),
            reporter=self.caller,
            now=timezone.now(),
        )
        row.refresh_from_db(fields=["recorded_at"])
        return dict(ReportedStatusSerializer(row).data)
