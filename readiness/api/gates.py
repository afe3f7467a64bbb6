"""Read gates and the criteria they are judged by."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView, ListView
from readiness.api.filters import CriterionFilters
from readiness.api.serializers.projects import CriterionSerializer, GateSerializer
from readiness.models import Criterion, Gate
from readiness.pages.listing import judged_gates


class GateListView(ApiView):
    """The gates of a project."""

    @extend_schema(
        operation_id="gate_list",
        summary="Gates",
        tags=["Judgements"],
        responses=GateSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List all gates in their order, each with what the newest judgement says of it."""
        rows = judged_gates(self.reached_project(project), as_of=timezone.now())
        return Response(GateSerializer(rows, many=True).data)


class CriterionListView(ListView):
    """What the gates of a project demand."""

    queryset = Criterion.objects.none()
    filterset_class = CriterionFilters
    serializer_class = CriterionSerializer

    @extend_schema(
        operation_id="criterion_list",
        summary="Criteria",
        tags=["Judgements"],
        responses=CriterionSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the criteria of the policies in force, in the order of gates."""
        policies = Gate.objects.filter(project=self.reached_project(project)).values("policy_id")
        rows = Criterion.objects.filter(policy_id__in=policies)
        return self.answer_page(rows.order_by("gate_key", "position", "pk"))
