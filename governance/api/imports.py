"""Hand in a file and see what became of it; ask how far a piece of work has come."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import ImportFilters
from governance.api.parsers import LimitedMultiPartParser
from governance.api.problems import Refused
from governance.api.serializers import (
    ImportRunSerializer,
    ImportUploadSerializer,
    StrictSerializer,
)
from governance.api.views import ApiView, ListView
from governance.choices import Scope
from governance.models import ImportRun, Project
from governance.permissions import may_import, seat_of
from governance.services.attachments import Place
from governance.services.imports import ImportRefused, Wish, job_of, request_import
from governance.tasks import wake_worker

NOT_YOURS = "Your role in this project does not import files."


class ImportListView(ListView):
    """The files that were handed in for a project."""

    scopes = {"GET": Scope.READ, "POST": Scope.PUSH}
    queryset = ImportRun.objects.none()
    filterset_class = ImportFilters
    serializer_class = ImportRunSerializer
    parser_classes = [LimitedMultiPartParser]

    @extend_schema(
        operation_id="import_list",
        summary="Imports",
        tags=["Imports"],
        responses=ImportRunSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the imports of a project, the newest first."""
        return self.answer_page(_runs_of(self.reached_project(project)).order_by("-pk"))

    @extend_schema(
        operation_id="import_add",
        summary="Import a file",
        description=(
            "The file is read in the background: follow the import until its state is CHECKED, "
            "DONE, REFUSED or FAILED. With `dry_run` nothing is written. Sending the same file "
            "twice changes nothing."
        ),
        tags=["Imports"],
        request={"multipart/form-data": ImportUploadSerializer},
        responses={202: ImportRunSerializer},
    )
    def post(self, request: Request, project: UUID) -> Response:
        """Keep the file, ask for its import and wake a worker.

        :raises PermissionDenied: the caller's role does not import.
        :raises Refused: the file or the wish cannot be.
        """
        reached = self.reached_project(project)
        if not may_import(seat_of(self.caller, project=reached)):
            raise PermissionDenied(NOT_YOURS)
        upload = ImportUploadSerializer(data=request.data)
        upload.is_valid(raise_exception=True)
        run = self._requested(reached, upload)
        wake_worker(job_of(run))
        answer = Response(ImportRunSerializer(run).data, status=202)
        answer["Location"] = f"{request.path}{run.public_id}/"
        return answer

    def _requested(self, project: Project, upload: StrictSerializer) -> ImportRun:
        fields: dict[str, Any] = dict(upload.validated_data)
        file = fields["file"]
        wish = Wish(kind=fields["kind"], options=fields["options"], dry_run=fields["dry_run"])
        place = Place(organisation=project.organisation, project=project)
        try:
            return request_import(
                actor=self.caller, place=place, name=file.name, content=file, wish=wish
            )
        except ImportRefused as refusal:
            raise Refused(str(refusal)) from refusal


class ImportView(ApiView):
    """One import."""

    scopes = {"GET": Scope.READ}

    @extend_schema(
        operation_id="import_show",
        summary="One import",
        tags=["Imports"],
        responses=ImportRunSerializer,
    )
    def get(self, request: Request, project: UUID, run: UUID) -> Response:
        """Show what became of a file, with each row that was refused or skipped."""
        rows = _runs_of(self.reached_project(project))
        return Response(ImportRunSerializer(get_object_or_404(rows, public_id=run)).data)


def _runs_of(project: Project) -> "QuerySet[ImportRun]":
    return ImportRun.objects.filter(project=project).select_related("attachment", "actor")
