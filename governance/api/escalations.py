"""Read what was escalated: with whom it is and how long; who raised it only where one may know."""

from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters import BooleanFilter, CharFilter, ChoiceFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters
from governance.api.views import ApiView, ListView
from governance.choices import EscalationAct, EscalationCause, Rung
from governance.models import Escalation, EscalationStep
from governance.pages.escalated import escalations_as_seen
from governance.permissions import seat_of

WITHHELD = "Empty where the caller may not know: only addressees, executives and whoever raised it."


class EscalationStepSerializer(serializers.ModelSerializer[EscalationStep]):
    """One step: to whom it went, or that it was answered."""

    act = serializers.ChoiceField(choices=EscalationAct.choices)
    rung = serializers.ChoiceField(choices=Rung.choices)
    addressee = serializers.CharField(source="addressee.name", default=None, allow_null=True)
    by = serializers.CharField(source="by.name", default=None, allow_null=True)
    decision = serializers.CharField(source="decision.code", default=None, allow_null=True)

    class Meta:
        model = EscalationStep
        fields = ["number", "act", "rung", "addressee", "by", "decision", "due_at", "happened_at"]


class EscalationSerializer(serializers.Serializer[Any]):
    """Something that somebody above has to answer."""

    id = serializers.UUIDField(source="row.public_id")
    subject_noun = serializers.CharField(source="row.subject_noun")
    subject_id = serializers.CharField(source="row.subject_id")
    subject_title = serializers.CharField(source="row.subject_title")
    cause = serializers.ChoiceField(source="row.cause", choices=EscalationCause.choices)
    raised_at = serializers.DateTimeField(source="row.raised_at")
    is_open = serializers.BooleanField()
    is_overdue = serializers.BooleanField()
    addressee = serializers.CharField(allow_null=True)
    rung = serializers.ChoiceField(choices=Rung.choices)
    due_at = serializers.DateTimeField(allow_null=True)
    raised_by = serializers.CharField(allow_null=True, help_text=WITHHELD)
    reason = serializers.CharField(allow_null=True, help_text=WITHHELD)
    answer = serializers.CharField(allow_null=True, help_text=WITHHELD)
    steps = EscalationStepSerializer(many=True)


class EscalationFilters(Filters):
    """Find escalations; nothing finds them by who raised them."""

    open = BooleanFilter(method="by_state")
    cause = ChoiceFilter(field_name="cause", choices=EscalationCause.choices)
    noun = CharFilter(field_name="subject_noun")

    def by_state(self, rows: Any, name: str, value: bool) -> Any:
        """Keep the open ones, or the answered."""
        return rows.open() if value else rows.answered()


class EscalationListView(ListView):
    """What was escalated in a project."""

    queryset = Escalation.objects.none()
    filterset_class = EscalationFilters

    @extend_schema(
        operation_id="escalation_list",
        summary="Escalations",
        tags=["Registers"],
        responses=EscalationSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the escalations of a project, the newest first."""
        reached = self.reached_project(project)
        rows = Escalation.objects.filter(project=reached).with_steps().newest_first()
        page = self.paginate_queryset(self.filter_queryset(rows))
        seat = seat_of(self.caller, project=reached)
        seen = escalations_as_seen(page or [], seat=seat, at=timezone.now())
        return self.get_paginated_response(EscalationSerializer(seen, many=True).data)


class EscalationView(ApiView):
    """One escalation."""

    parameters: ClassVar[frozenset[str]] = frozenset()

    @extend_schema(
        operation_id="escalation_show",
        summary="One escalation",
        tags=["Registers"],
        responses=EscalationSerializer,
    )
    def get(self, request: Request, project: UUID, escalation: UUID) -> Response:
        """Show an escalation with its steps."""
        reached = self.reached_project(project)
        rows = Escalation.objects.filter(project=reached).with_steps()
        found = get_object_or_404(rows, public_id=escalation)
        seat = seat_of(self.caller, project=reached)
        (seen,) = escalations_as_seen([found], seat=seat, at=timezone.now())
        return Response(EscalationSerializer(seen).data)
