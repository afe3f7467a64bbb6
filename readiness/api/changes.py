"""Read what changed a project's status, and which findings made it change."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView
from readiness.choices import FindingState, Verdict
from readiness.pages.journey import status_changes


class CauseSerializer(serializers.Serializer[Any]):
    """A criterion that changed its state; a gate that opened has no states."""

    gate = serializers.CharField()
    criterion = serializers.CharField(source="key", help_text="The gate's key where it opened.")
    wording = serializers.CharField(source="title")
    state_before = serializers.ChoiceField(
        source="before", choices=FindingState.choices, allow_blank=True
    )
    state = serializers.ChoiceField(source="after", choices=FindingState.choices, allow_blank=True)
    measured_before = serializers.CharField(allow_blank=True)
    measured = serializers.CharField(allow_blank=True)
    decides = serializers.BooleanField(help_text="It moved what the verdict is made of.")


class StatusChangeSerializer(serializers.Serializer[Any]):
    """A judgement whose verdict, misses, risks, date or policy differ from the one before."""

    as_of = serializers.DateTimeField(source="later.as_of")
    verdict_before = serializers.ChoiceField(source="before", choices=Verdict.choices)
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    hard_misses_before = serializers.IntegerField(source="earlier.hard_misses")
    hard_misses = serializers.IntegerField(source="later.hard_misses")
    accepted_risks_before = serializers.IntegerField(source="earlier.accepted_risks")
    accepted_risks = serializers.IntegerField(source="later.accepted_risks")
    go_live_date_before = serializers.DateField(source="earlier.go_live_date", allow_null=True)
    go_live_date = serializers.DateField(source="later.go_live_date", allow_null=True)
    causes = CauseSerializer(source="moves", many=True)


class StatusChangeListView(ApiView):
    """What changed the status of a project."""

    @extend_schema(
        operation_id="status_change_list",
        summary="Changes of the status, with their causes",
        tags=["Judgements"],
        responses=StatusChangeSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the changes of the last 90 days, at most 30, the newest first."""
        rows = status_changes(self.reached_project(project), now=timezone.now())
        return Response(StatusChangeSerializer(rows, many=True).data)
