"""Read the project manager's powers, what was stopped and overruled, and who decides what."""

from uuid import UUID

from django_filters import BooleanFilter, CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.authority_serializers import (
    CharterSerializer,
    DecisionRightSerializer,
    GateStopSerializer,
    OverrulingSerializer,
)
from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import DecisionKind
from governance.models import Charter, DecisionRight, GateStop, Overruling
from governance.pages.charters import told_charters


class CharterFilters(Filters):
    """Find charters."""


class GateStopFilters(Filters):
    """Find stops of gates."""

    gate = CharFilter(field_name="gate_key")
    standing = BooleanFilter(field_name="end", lookup_expr="isnull")


class OverrulingFilters(Filters):
    """Find overrulings."""


class DecisionRightFilters(Filters):
    """Find decision rights."""

    kind = ChoiceFilter(field_name="kind", choices=DecisionKind.choices)
    process = CharFilter(field_name="process__code", help_text="Code of the process.")
    holds = BooleanFilter(field_name="end", lookup_expr="isnull")


class CharterListView(ListView):
    """Which powers the project manager has."""

    queryset = Charter.objects.none()
    filterset_class = CharterFilters
    serializer_class = CharterSerializer

    @extend_schema(
        operation_id="charter_list",
        summary="Charters of the project manager",
        description="The newest version counts, once the sponsor has signed it as it is.",
        tags=["Registers"],
        responses=CharterSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the versions of the charter, the newest first."""
        reached = self.reached_project(project)
        rows = Charter.objects.filter(project=reached).newest_first()
        found = self.filter_queryset(rows.select_related("project_manager", "written_by"))
        page = self.paginate_queryset(found.select_related("project__organisation")) or []
        shown = CharterSerializer(told_charters(reached, versions=page), many=True)
        return self.get_paginated_response(shown.data)


class GateStopListView(ListView):
    """Which gates the project manager stopped."""

    queryset = GateStop.objects.none()
    filterset_class = GateStopFilters
    serializer_class = GateStopSerializer

    @extend_schema(
        operation_id="gate_stop_list",
        summary="Stopped gates",
        description="A gate with a stop that stands is a no-go. No token stops a gate.",
        tags=["Registers"],
        responses=GateStopSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the stops of gates with their ends, the newest first."""
        rows = GateStop.objects.filter(project=self.reached_project(project))
        fetched = rows.select_related("stopped_by", "end__ended_by")
        return self.answer_page(fetched.newest_first())


class OverrulingListView(ListView):
    """Where the project manager was overruled."""

    queryset = Overruling.objects.none()
    filterset_class = OverrulingFilters
    serializer_class = OverrulingSerializer

    @extend_schema(
        operation_id="overruling_list",
        summary="Overrulings of the project manager",
        tags=["Registers"],
        responses=OverrulingSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the overrulings with who, what and why, the last first."""
        rows = Overruling.objects.filter(project=self.reached_project(project))
        fetched = rows.select_related("project_manager", "overruled_by", "written_by", "stop")
        return self.answer_page(fetched.order_by("-overruled_at", "-pk"))


class DecisionRightListView(ListView):
    """Who takes which kind of decision in which process."""

    queryset = DecisionRight.objects.none()
    filterset_class = DecisionRightFilters
    serializer_class = DecisionRightSerializer

    @extend_schema(
        operation_id="decision_right_list",
        summary="Decision rights",
        description=(
            "Without a process it is the right in every process that has no decider of its own."
            " Two rights that hold in the same place are double deciders, and neither counts."
        ),
        tags=["Registers"],
        responses=DecisionRightSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the decision rights with their ends, the newest first."""
        rows = DecisionRight.objects.filter(project=self.reached_project(project))
        beside = ("process", "decider", "given_by", "end__ended_by", "end__successor")
        return self.answer_page(rows.select_related(*beside).order_by("-given_at", "-pk"))
