"""Read who was asked for, and what their managers answered by name."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from django_filters import CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ListView
from governance.choices import ParticipationPurpose, PersonReply
from governance.models import ParticipationRequest
from governance.pages.participation import answered_requests


class AskedPersonSerializer(serializers.Serializer[Any]):
    """One person of a request with the answer that counts; `reply` is empty while none came."""

    id = serializers.UUIDField(source="requested.public_id")
    person = serializers.CharField(source="requested.person.external_id")
    name = serializers.CharField(source="requested.person.name")
    left_date = serializers.DateField(source="requested.person.left_date", allow_null=True)
    reply = serializers.ChoiceField(
        source="answer.reply", choices=PersonReply.choices, default=None, allow_null=True
    )
    reason = serializers.CharField(source="answer.reason", default=None, allow_null=True)
    answered_by = serializers.CharField(
        source="answer.answered_by.name", default=None, allow_null=True
    )
    answered_at = serializers.DateTimeField(
        source="answer.answered_at", default=None, allow_null=True
    )


class PeopleRequestSerializer(serializers.Serializer[Any]):
    """A department asked for named people; `manager` is who answers for it now."""

    id = serializers.UUIDField(source="request.public_id")
    department = serializers.CharField(source="request.department.name")
    manager = serializers.CharField(
        source="request.department.manager.name", default=None, allow_null=True
    )
    purpose = serializers.ChoiceField(
        source="request.purpose", choices=ParticipationPurpose.choices
    )
    from_date = serializers.DateField(source="request.from_date")
    to_date = serializers.DateField(source="request.to_date")
    note = serializers.CharField(source="request.note")
    asked_by = serializers.CharField(source="request.asked_by.name")
    asked_at = serializers.DateTimeField(source="request.asked_at")
    answer_due_at = serializers.DateTimeField(source="request.answer_due_at")
    released = serializers.IntegerField()
    refused = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Neither, of who is still on the roster.")
    is_silent = serializers.BooleanField(help_text="Somebody waits, and the answer was due.")
    people = AskedPersonSerializer(many=True, source="lines")


class PeopleRequestFilters(Filters):
    """Find requests for people."""

    department = CharFilter(field_name="department__name", help_text="Name of the department.")
    purpose = ChoiceFilter(field_name="purpose", choices=ParticipationPurpose.choices)


class PeopleRequestListView(ListView):
    """Requests for people, and their answers by name."""

    queryset = ParticipationRequest.objects.none()
    filterset_class = PeopleRequestFilters

    @extend_schema(
        operation_id="people_request_list",
        summary="Requests for people",
        description="Reading only: managers answer on the page of the request, by name.",
        tags=["Registers"],
        responses=PeopleRequestSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the requests of a project with every person they name, the newest first."""
        rows = ParticipationRequest.objects.filter(project=self.reached_project(project))
        page = self.paginate_queryset(self.filter_queryset(rows.with_people().newest_first()))
        found = answered_requests(page or [], at=timezone.now())
        return self.get_paginated_response(PeopleRequestSerializer(found, many=True).data)
