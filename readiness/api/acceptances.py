"""Read accepted risks, and the requests to accept one."""

from uuid import UUID

from django_filters import BooleanFilter, CharFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from readiness.models import Acceptance, AcceptanceRequest


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


class AcceptanceRequestSerializer(serializers.ModelSerializer[AcceptanceRequest]):
    """A request to accept a risk, and what became of it; the request itself accepts nothing."""

    id = serializers.UUIDField(source="public_id")
    gate = serializers.CharField(source="gate_key")
    criterion = serializers.CharField(source="criterion_key")
    requester = serializers.CharField(source="requester.name")
    asked = serializers.CharField(source="asked.name")
    answered_at = serializers.DateTimeField(
        source="answer.answered_at", default=None, allow_null=True
    )
    answered_by = serializers.CharField(
        source="answer.answered_by.name", default=None, allow_null=True
    )
    acceptance = serializers.UUIDField(
        source="answer.acceptance.public_id",
        default=None,
        allow_null=True,
        help_text="The acceptance it led to; empty while it waits and when it was declined.",
    )
    declined_because = serializers.CharField(source="answer.reason", default=None, allow_null=True)

    class Meta:
        model = AcceptanceRequest
        fields = [
            "id",
            "gate",
            "criterion",
            "reason",
            "control",
            "wanted_until_date",
            "requester",
            "asked",
            "requested_at",
            "answered_at",
            "answered_by",
            "acceptance",
            "declined_because",
        ]


class AcceptanceRequestFilters(AcceptanceFilters):
    """Find requests to accept a risk."""

    open = BooleanFilter(
        field_name="answer", lookup_expr="isnull", help_text="Those that wait, or those answered."
    )


class AcceptanceRequestListView(ListView):
    """Requests to accept a risk."""

    queryset = AcceptanceRequest.objects.none()
    filterset_class = AcceptanceRequestFilters
    serializer_class = AcceptanceRequestSerializer

    @extend_schema(
        operation_id="acceptance_request_list",
        summary="Requests to accept a risk",
        description="Reading only: an executive answers in person, on the page.",
        tags=["Registers"],
        responses=AcceptanceRequestSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the requests of a project, answered ones too, the newest first."""
        rows = AcceptanceRequest.objects.filter(project=self.reached_project(project))
        found = rows.select_related(
            "requester", "asked", "answer__answered_by", "answer__acceptance"
        )
        return self.answer_page(found.order_by("-requested_at", "-pk"))
