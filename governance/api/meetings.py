"""Read steering meetings with their minutes, and what the sponsor expects."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import BooleanFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import Presence
from governance.models import Meeting, SponsorStatement
from governance.pages.expectations import heard_statements
from governance.pages.meeting_rows import MeetingState, meeting_row, with_rows


class CameSerializer(serializers.Serializer[Any]):
    """Somebody, and whether they came."""

    name = serializers.CharField()
    presence = serializers.ChoiceField(choices=Presence.choices)


class TakenSerializer(serializers.Serializer[Any]):
    """A decision that was taken in a meeting."""

    decision = serializers.CharField(source="title")
    outcome = serializers.CharField()
    decided_by = serializers.CharField(source="by")


class PointSerializer(serializers.Serializer[Any]):
    """A point of the agenda, as it stood before the meeting."""

    kind = serializers.CharField()
    title = serializers.CharField()
    since = serializers.DateTimeField()
    who = serializers.CharField()
    due = serializers.DateField(allow_null=True)


class MeetingSerializer(serializers.Serializer[Any]):
    """A steering meeting; what came of it is empty until its minutes are written."""

    id = serializers.UUIDField(source="meeting.public_id")
    title = serializers.CharField(source="meeting.title")
    place = serializers.CharField(source="meeting.place")
    starts_at = serializers.DateTimeField(source="meeting.starts_at")
    called_by = serializers.CharField(source="meeting.called_by.name")
    called_at = serializers.DateTimeField(source="meeting.called_at")
    state = serializers.ChoiceField(choices=MeetingState.choices)
    chair = serializers.CharField()
    notes = serializers.CharField(source="minutes.notes", default="")
    written_by = serializers.CharField(
        source="minutes.written_by.name", default=None, allow_null=True
    )
    written_at = serializers.DateTimeField(
        source="minutes.written_at", default=None, allow_null=True
    )
    came = CameSerializer(many=True)
    decided = TakenSerializer(source="taken", many=True)
    agenda = PointSerializer(source="minutes.agenda", many=True, default=list)


class StatementSerializer(serializers.Serializer[Any]):
    """What a sponsor wrote, and how many acknowledged it; the first one counts."""

    id = serializers.UUIDField(source="statement.public_id")
    text = serializers.CharField(source="statement.text")
    written_by = serializers.CharField(source="statement.written_by.name")
    written_at = serializers.DateTimeField(source="statement.written_at")
    acknowledged_by = serializers.ListField(child=serializers.CharField())


class MeetingFilters(Filters):
    """Find meetings."""

    unwritten = BooleanFilter(
        field_name="minutes",
        lookup_expr="isnull",
        distinct=True,
        help_text="Those without minutes, or those with.",
    )


class MeetingListView(ListView):
    """Steering meetings."""

    queryset = Meeting.objects.none()
    filterset_class = MeetingFilters

    @extend_schema(
        operation_id="meeting_list",
        summary="Steering meetings",
        tags=["Registers"],
        responses=MeetingSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the meetings of a project with their minutes, the newest first."""
        rows = with_rows(Meeting.objects.filter(project=self.reached_project(project)))
        found = self.filter_queryset(rows.order_by("-starts_at", "-pk"))
        page = self.paginate_queryset(found) or []
        at = timezone.now()
        shown = MeetingSerializer([meeting_row(each, at=at) for each in page], many=True)
        return self.get_paginated_response(shown.data)


class StatementListView(ListView):
    """What the sponsor expects."""

    queryset = SponsorStatement.objects.none()

    @extend_schema(
        operation_id="sponsor_statement_list",
        summary="Statements of the sponsor",
        tags=["Registers"],
        responses=StatementSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List what sponsors wrote, the newest first, with who acknowledged it by name."""
        rows = SponsorStatement.objects.filter(project=self.reached_project(project))
        found = rows.select_related("written_by").prefetch_related("acknowledgements__account")
        page = self.paginate_queryset(self.filter_queryset(found.newest_first())) or []
        shown = StatementSerializer(heard_statements(page), many=True)
        return self.get_paginated_response(shown.data)
