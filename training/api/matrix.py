"""Read who has to learn what, by job role and course."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ListView
from training.api.serializers import MatrixSerializer
from training.models import Requirement
from training.pages.matrix import matrix_rows


class MatrixView(ListView):
    """Job roles against courses."""

    queryset = Requirement.objects.none()
    serializer_class = MatrixSerializer

    @extend_schema(
        operation_id="training_matrix_list",
        summary="Training by job role and course",
        description="As things stand today, in the project's own time zone.",
        tags=["Training"],
        responses=MatrixSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List every job role with every course it needs."""
        reached = self.reached_project(project)
        today = timezone.localdate(timezone=ZoneInfo(reached.time_zone))
        return self.answer_page(matrix_rows(reached, today=today))
