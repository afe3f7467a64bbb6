"""Read risks, issues, dependencies and the business calendar."""

from typing import Any
from uuid import UUID

from django_filters import CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import CalendarKind, RaidKind, RaidState
from governance.models import CalendarEntry, RaidItem


class RaidSerializer(serializers.ModelSerializer[RaidItem]):
    """A risk, an issue or a dependency; `said_at` and `promised` are its provider's newest word."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(choices=RaidKind.choices)
    state = serializers.ChoiceField(choices=RaidState.choices)
    owner = serializers.CharField(source="owner.name", default=None, allow_null=True)
    said_at = serializers.DateTimeField(allow_null=True)
    promised = serializers.DateField(allow_null=True)

    class Meta:
        model = RaidItem
        fields = [
            "id",
            "code",
            "kind",
            "title",
            "detail",
            "impact",
            "probability",
            "mitigation",
            "provider",
            "owner",
            "owner_text",
            "state",
            "raised_by",
            "raised_at",
            "due_date",
            "said_at",
            "promised",
        ]


class CalendarSerializer(serializers.ModelSerializer[CalendarEntry]):
    """Days to stay away from with a go-live, both ends included."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(choices=CalendarKind.choices)
    written_by = serializers.CharField(source="written_by.name", default=None, allow_null=True)

    class Meta:
        model = CalendarEntry
        fields = ["id", "kind", "title", "from_date", "to_date", "written_by", "written_at"]


class RaidFilters(Filters):
    """Find risks, issues and dependencies."""

    code = CharFilter(field_name="code")
    kind = ChoiceFilter(field_name="kind", choices=RaidKind.choices)
    state = ChoiceFilter(field_name="state", choices=RaidState.choices)


class CalendarFilters(Filters):
    """Find days of the calendar."""

    kind = ChoiceFilter(field_name="kind", choices=CalendarKind.choices)


class RaidListView(ListView):
    """What may go wrong, what has gone wrong, and what somebody outside has to deliver."""

    queryset = RaidItem.objects.none()
    filterset_class = RaidFilters
    serializer_class = RaidSerializer

    @extend_schema(
        operation_id="raid_list",
        summary="Risks, issues and dependencies",
        tags=["Registers"],
        responses=RaidSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the risks, issues and dependencies of a project, the newest first."""
        rows = RaidItem.objects.filter(project=self.reached_project(project))
        found: Any = rows.with_word().select_related("owner").newest_first()
        return self.answer_page(found)


class CalendarListView(ListView):
    """Days to stay away from with a go-live."""

    queryset = CalendarEntry.objects.none()
    filterset_class = CalendarFilters
    serializer_class = CalendarSerializer

    @extend_schema(
        operation_id="calendar_list",
        summary="Business calendar",
        tags=["Registers"],
        responses=CalendarSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the days that stand in the calendar of a project, by day."""
        rows = CalendarEntry.objects.filter(project=self.reached_project(project))
        return self.answer_page(rows.standing().select_related("written_by").in_order())
