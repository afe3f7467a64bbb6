"""Read accepted risks."""

from uuid import UUID

from django_filters import CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from readiness.models import Acceptance


class AcceptanceSerializer(serializers.ModelSerializer[Acceptance]):
    """A risk that a named executive of the client accepted, for a time."""

    id = serializers.UUIDField(source="public_id")
    gate = serializers.CharField(source="gate_key")
    criterion = serializers.CharField(source="criterion_key")
    requester = serializers.CharField(source="requester.name")
    withdrawn_at = serializers.DateTimeField(
        source="withdrawal.withdrawn_at", default=None, allow_null=True
    )

    class Meta:
        model = Acceptance
        fields = [
            "id",
            "gate",
            "criterion",
            "reason",
            "control",
            "requester",
            "approver_name",
            "approver_role",
            "accepted_at",
            "expires_at",
            "withdrawn_at",
        ]


class AcceptanceFilters(Filters):
    """Find accepted risks."""

    gate = CharFilter(field_name="gate_key")
    criterion = CharFilter(field_name="criterion_key")


class AcceptanceListView(ListView):
    """Risks that were accepted."""

    queryset = Acceptance.objects.none()
    filterset_class = AcceptanceFilters
    serializer_class = AcceptanceSerializer

    @extend_schema(
        operation_id="acceptance_list",
        summary="Accepted risks",
        description="Reading only: no token accepts a risk.",
        tags=["Registers"],
        responses=AcceptanceSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the acceptances of a project, ended ones too, the newest first."""
        rows = Acceptance.objects.filter(project=self.reached_project(project))
        found = rows.select_related("requester", "withdrawal")
        return self.answer_page(found.order_by("-accepted_at", "-pk"))
