"""Read the registers of the map: decisions, vendor assumptions and signatures."""

from uuid import UUID

from django_filters import BooleanFilter, CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.register_serializers import (
    AssumptionSerializer,
    DecisionSerializer,
    SignoffSerializer,
)
from governance.api.views import ListView
from governance.choices import SignoffAct, SignoffKind
from governance.models import Assumption, Decision, Signoff
from governance.pages.registers import answered_decisions, ruled_assumptions


class DecisionFilters(Filters):
    """Find decisions."""

    code = CharFilter(field_name="code")
    open = BooleanFilter(field_name="outcomes", lookup_expr="isnull", distinct=True)
    blocks_go_live = BooleanFilter(field_name="blocks_go_live")


class AssumptionFilters(Filters):
    """Find assumptions."""

    code = CharFilter(field_name="code")
    open = BooleanFilter(field_name="rulings", lookup_expr="isnull", distinct=True)


class SignoffFilters(Filters):
    """Find signatures."""

    process = CharFilter(field_name="process__code", help_text="Code of the process.")
    kind = ChoiceFilter(field_name="kind", choices=SignoffKind.choices)
    act = ChoiceFilter(field_name="act", choices=SignoffAct.choices)


class DecisionListView(ListView):
    """Questions that wait for a decider, and their answers."""

    queryset = Decision.objects.none()
    filterset_class = DecisionFilters

    @extend_schema(
        operation_id="decision_list",
        summary="Decisions",
        tags=["Registers"],
        responses=DecisionSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the decisions of a project with the outcome that counts, the oldest first."""
        rows = Decision.objects.filter(project=self.reached_project(project))
        found = rows.select_related("decider").prefetch_related(
            "blocked_processes", "outcomes__decided_by"
        )
        page = self.paginate_queryset(self.filter_queryset(found.order_by("raised_at", "pk")))
        shown = DecisionSerializer(answered_decisions(page or []), many=True)
        return self.get_paginated_response(shown.data)


class AssumptionListView(ListView):
    """What partners assumed, and what owners made of it."""

    queryset = Assumption.objects.none()
    filterset_class = AssumptionFilters

    @extend_schema(
        operation_id="assumption_list",
        summary="Vendor assumptions",
        tags=["Registers"],
        responses=AssumptionSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the assumptions of a project with the ruling that counts, the oldest first."""
        rows = Assumption.objects.filter(project=self.reached_project(project))
        found = rows.prefetch_related("blocked_processes", "rulings__ruled_by")
        page = self.paginate_queryset(self.filter_queryset(found.order_by("raised_at", "pk")))
        shown = AssumptionSerializer(ruled_assumptions(page or []), many=True)
        return self.get_paginated_response(shown.data)


class SignoffListView(ListView):
    """Who signed, refused or withdrew what, when and with which meaning."""

    queryset = Signoff.objects.none()
    filterset_class = SignoffFilters
    serializer_class = SignoffSerializer

    @extend_schema(
        operation_id="signoff_list",
        summary="Signatures",
        description="Reading only: no token signs, refuses or withdraws.",
        tags=["Registers"],
        responses=SignoffSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the acts of a project, the newest first."""
        rows = Signoff.objects.filter(project=self.reached_project(project)).with_resets()
        beside = ("project", "process", "entry", "delegation")
        fetched = rows.select_related(*beside).defer("evidence", "receipt", "entry__body")
        return self.answer_page(fetched.newest_first())
