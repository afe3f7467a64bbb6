"""Ask for the executive report of a judgement, and download kept ones."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.problems import Conflict, Refused
from governance.api.renderers import PdfRenderer
from governance.api.serializers import JobSerializer
from governance.api.views import ApiView, ListView, ready_made
from governance.models import Project
from governance.tasks import wake_worker
from readiness.models import Snapshot
from reports.api.serializers import ReportSerializer, ReportWishSerializer
from reports.models import Report
from reports.rendering.paper import edition_of, language_of
from reports.services.keeping import ReportRefused, open_report, request_report


class ReportListView(ListView):
    """The kept reports of a project."""

    queryset = Report.objects.none()
    serializer_class = ReportSerializer

    @extend_schema(
        operation_id="report_list",
        summary="Reports",
        tags=["Reports"],
        responses=ReportSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the kept reports of a project, the newest judgement first."""
        return self.answer_page(_reports_of(self.reached_project(project)).newest_first())

    @extend_schema(
        operation_id="report_add",
        summary="Ask for a report",
        description=(
            "The report is printed in the background: follow the job until it is DONE, then "
            "find the report in the list. Asking twice in one language prints once."
        ),
        tags=["Reports"],
        request=ReportWishSerializer,
        responses={202: JobSerializer},
    )
    def post(self, request: Request, project: UUID) -> Response:
        """Have a judgement printed and wake a worker.

        :raises Refused: there is no such judgement in this project.
        """
        reached = self.reached_project(project)
        wish = ReportWishSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        snapshot = _wished(reached, wish.validated_data)
        language = language_of(wish.validated_data["language"] or get_language())
        job = request_report(
            snapshot=snapshot, edition=edition_of(language), requested_by=self.caller
        )
        wake_worker(job)
        answer = Response(JobSerializer(job).data, status=202)
        answer["Location"] = request.path.removesuffix("reports/") + f"jobs/{job.public_id}/"
        return answer


class ReportFileView(ApiView):
    """One kept report as a file."""

    renderer_classes = [PdfRenderer]

    @extend_schema(
        operation_id="report_file",
        summary="Download a report",
        description="The PDF as it was printed; the ETag is its SHA-256.",
        tags=["Reports"],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 409: None},
    )
    def get(self, request: Request, project: UUID, report: UUID) -> HttpResponse:
        """Send the kept file.

        :raises Conflict: the file is gone or no longer what was kept.
        """
        rows = _reports_of(self.reached_project(project))
        found = get_object_or_404(rows, public_id=report)
        try:
            pdf = open_report(report=found)
        except ReportRefused as refusal:
            raise Conflict(str(refusal)) from refusal
        answer = ready_made(pdf, etag=found.sha256, media_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="executive-report.pdf"'
        return answer


def _reports_of(project: Project) -> Any:
    rows: QuerySet[Report] = Report.objects.filter(project=project)
    return rows.select_related("snapshot")


def _wished(project: Project, fields: dict[str, Any]) -> Snapshot:
    rows = Snapshot.objects.filter(project=project).select_related("project")
    if fields["snapshot"]:
        found = rows.filter(public_id=fields["snapshot"]).first()
    else:
        found = rows.made_by(timezone.now()).newest_first().first()
    if found is None:
        raise Refused("There is no such judgement in this project.", field="snapshot")
    return found
