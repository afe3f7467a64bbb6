"""Read what the business has run, by process and class."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ListView
from uat.api.serializers import CoverageSerializer
from uat.models import Scenario


class CoverageView(ListView):
    """Processes against classes of scenarios."""

    queryset = Scenario.objects.none()
    serializer_class = CoverageSerializer

    @extend_schema(
        operation_id="coverage_list",
        summary="Coverage",
        description="One row for each accountable process and class that has scenarios in scope.",
        tags=["Testing"],
        responses=CoverageSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the coverage of a project, by process and class."""
        scope = Scenario.objects.filter(project=self.reached_project(project)).in_scope()
        return self.answer_page(scope.coverage_rows())
