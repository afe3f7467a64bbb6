"""Have the record of a project exported, and download one's own packs."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.problems import Conflict
from governance.api.renderers import ZipRenderer
from governance.api.serializers import JobSerializer
from governance.api.views import ApiView, ListView, ready_made
from governance.models import Job
from governance.tasks import wake_worker
from reports.api.serializers import PackSerializer
from reports.services.packing import PackRefused, open_pack, packs_of, request_pack


class PackListView(ListView):
    """The caller's own exports of a record."""

    queryset = Job.objects.none()
    serializer_class = PackSerializer

    @extend_schema(
        operation_id="pack_list",
        summary="Packs of the record",
        tags=["Record"],
        responses=PackSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the caller's own exports of a project's record, the newest first."""
        return self.answer_page(packs_of(self.reached_project(project), exported_by=self.caller))

    @extend_schema(
        operation_id="pack_add",
        summary="Export the record",
        description=(
            "The pack is made in the background: follow the job until it is DONE, then find it "
            "in the list. That the record was exported is its own last entry."
        ),
        tags=["Record"],
        request=None,
        responses={202: JobSerializer},
    )
    def post(self, request: Request, project: UUID) -> Response:
        """Have the record exported and wake a worker."""
        job = request_pack(project=self.reached_project(project), requested_by=self.caller)
        wake_worker(job)
        answer = Response(JobSerializer(job).data, status=202)
        answer["Location"] = request.path.removesuffix("record/packs/") + f"jobs/{job.public_id}/"
        return answer


class PackFileView(ApiView):
    """One of the caller's packs as a file."""

    renderer_classes = [ZipRenderer]

    @extend_schema(
        operation_id="pack_file",
        summary="Download a pack",
        description="The file as it was made; the ETag is its SHA-256.",
        tags=["Record"],
        responses={(200, "application/zip"): OpenApiTypes.BINARY, 409: None},
    )
    def get(self, request: Request, project: UUID, pack: UUID) -> HttpResponse:
        """Send the kept file.

        :raises Conflict: it is not finished, or no longer what was kept.
        """
        mine = packs_of(self.reached_project(project), exported_by=self.caller)
        job = get_object_or_404(mine, public_id=pack)
        try:
            content = open_pack(job=job)
        except PackRefused as refusal:
            raise Conflict(str(refusal)) from refusal
        etag = str(job.payload["sha256"])
        answer = ready_made(content, etag=etag, media_type="application/zip")
        answer["Content-Disposition"] = 'attachment; filename="record.zip"'
        return answer
