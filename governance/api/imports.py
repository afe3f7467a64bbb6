"""Hand in a file and see what became of it; ask how far a piece of work has come."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import ImportFilters
from governance.api.import_serializers import (
    ColumnMappingSerializer,
    ImportReasonSerializer,
    ImportRunSerializer,
    ImportUploadSerializer,
)
from governance.api.parsers import LimitedMultiPartParser
from governance.api.problems import Conflict, Refused
from governance.api.serializers import StrictSerializer
from governance.api.views import ApiView, ListView
from governance.imports.undoing import UndoRefused, undo_import
from governance.models import ColumnMapping, ImportRun, Project
from governance.services.attachments import Place
from governance.services.imports import ImportRefused, Wish, job_of, request_import
from governance.tasks import wake_worker


class ImportListView(ListView):
    """The files that were handed in for a project."""

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

        :raises Refused: the file or the wish cannot be.
        """
        reached = self.reached_project(project)
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


class ImportUndoView(ApiView):
    """The undoing of one import."""

    @extend_schema(
        operation_id="import_undo",
        summary="Undo an import",
        description=(
            "Voids every row that the import brought and sets back what it changed; nothing is "
            "deleted, and the gate is judged again. While something builds on it (a signature, a "
            "later row, a decision, a later import) it stays, and `detail` says what."
        ),
        tags=["Imports"],
        request=ImportReasonSerializer,
        responses={200: ImportRunSerializer, 409: None},
    )
    def post(self, request: Request, project: UUID, run: UUID) -> Response:
        """Undo the import and show it.

        :raises Conflict: something builds on it, or there is nothing to undo.
        """
        reached = self.reached_project(project)
        found = get_object_or_404(_runs_of(reached), public_id=run)
        asked = ImportReasonSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            undo_import(
                run=found,
                reason=asked.validated_data["reason"],
                undone_by=self.caller,
                undone_at=timezone.now(),
            )
        except UndoRefused as refusal:
            raise Conflict(_told(refusal)) from refusal
        return Response(ImportRunSerializer(_runs_of(reached).get(pk=found.pk)).data)


class ColumnMappingListView(ListView):
    """What was said about the columns of a project's files."""

    queryset = ColumnMapping.objects.none()
    serializer_class = ColumnMappingSerializer

    @extend_schema(
        operation_id="column_mapping_list",
        summary="Column mappings",
        tags=["Imports"],
        responses=ColumnMappingSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List which column is which in files whose headings nobody knew; newest first."""
        rows = ColumnMapping.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.select_related("changed_by").order_by("-changed_at", "-pk"))


def _told(refusal: UndoRefused) -> str:
    """Return the refusal with what builds on the import, in one line."""
    holds = (f"{hold.reason} ({', '.join(hold.rows)}) {hold.remedy}" for hold in refusal.holds)
    return " ".join((str(refusal), *holds))


def _runs_of(project: Project) -> "QuerySet[ImportRun]":
    return ImportRun.objects.filter(project=project).select_related(
        "attachment", "actor", "project", "undo__undone_by"
    )
