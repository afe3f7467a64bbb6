"""Read the registers of the map: vendor assumptions and signatures."""

from uuid import UUID

from django_filters import BooleanFilter, CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.register_serializers import (
    AssumptionSerializer,
    SignoffSerializer,
)
from governance.api.views import ListView
from governance.choices import SignoffAct, SignoffKind
from governance.models import Assumption, Signoff
from governance.pages.registers import ruled_assumptions


class AssumptionFilters(Filters):
    """Find assumptions."""

    code = CharFilter(field_name="code")
    open = BooleanFilter(field_name="rulings", lookup_expr="isnull", distinct=True)


class SignoffFilters(Filters):
    """Find signatures."""

    process = CharFilter(field_name="process__code", help_text="Code of the process.")
    kind = ChoiceFilter(field_name="kind", choices=SignoffKind.choices)
    act = ChoiceFilter(field_name="act", choices=SignoffAct.choices)


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
        found = rows.prefetch_related("blocked_processes", "dependencies", "rulings__ruled_by")
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
