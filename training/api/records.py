"""Read training records; push one."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.fields import row_named
from governance.api.idempotency import KEY_PARAMETER, PushView
from governance.api.problems import Conflict
from governance.api.views import ListView
from governance.models import Person, Project
from training.api.filters import RecordFilters
from training.api.serializers import RecordPushSerializer, RecordSerializer
from training.models import Course, TrainingRecord
from training.services.records import RecordDetails, RecordsRefused, add_records


class RecordListView(PushView, ListView):
    """What people attended, completed and passed."""

    queryset = TrainingRecord.objects.none()
    filterset_class = RecordFilters
    serializer_class = RecordSerializer
    push_serializer_class = RecordPushSerializer
    refusals = (RecordsRefused,)

    @extend_schema(
        operation_id="training_record_list",
        summary="Training records",
        tags=["Training"],
        responses=RecordSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the records of a project, the newest first unless asked otherwise."""
        rows = _rows_of(self.reached_project(project))
        return self.answer_page(rows.order_by("-happened_at", "-pk"))

    @extend_schema(
        operation_id="training_record_add",
        summary="Push a training record",
        description="Many at once go through an import.",
        tags=["Training"],
        parameters=[KEY_PARAMETER],
        request=RecordPushSerializer,
        responses={201: RecordSerializer},
    )
    def post(self, request: Request, project: UUID) -> HttpResponse:
        """Record one thing a person did in a course."""
        return self.push(request, self.reached_project(project))

    def record(self, project: Project, fields: dict[str, Any]) -> dict[str, Any]:
        """Write the record.

        :raises Conflict: the source has named another record so.
        :raises RecordsRefused: the record cannot be.
        """
        source = fields.pop("source")
        people = Person.objects.filter(project=project)
        courses = Course.objects.filter(project=project)
        person, course = fields.pop("person"), fields.pop("course")
        details = RecordDetails(
            **fields,
            person=row_named(people, field="person", noun="person", external_id=person),
            course=row_named(courses, field="course", noun="course", code=course),
        )
        written = add_records(
            project=project, records=[details], source=source, as_of=timezone.now()
        )
        if not written:
            raise Conflict(f"{source} has sent a record {details.external_id} before.")
        row = _rows_of(project).get(source=source, external_id=details.external_id)
        return dict(RecordSerializer(row).data)


def _rows_of(project: Project) -> Any:
    return TrainingRecord.objects.filter(project=project).select_related("person", "course")
