"""Read the security log, as an administrator."""

from typing import ClassVar

from django_filters import ChoiceFilter, UUIDFilter
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.filters import Filters, MomentFilter
from governance.api.views import ListView
from governance.choices import SecurityEventKind
from governance.models import SecurityEvent
from governance.pages.security_log import events_for
from governance.pages.security_words import sentence_of


class SecurityEventFilters(Filters):
    """Find security events."""

    kind = ChoiceFilter(field_name="kind", choices=SecurityEventKind.choices)
    account = UUIDFilter(field_name="account__public_id")
    happened_after = MomentFilter(field_name="happened_at", lookup_expr="gt")
    happened_before = MomentFilter(field_name="happened_at", lookup_expr="lt")


class SecurityEventSerializer(serializers.ModelSerializer[SecurityEvent]):
    """One thing that happened to an account."""

    id = serializers.UUIDField(source="public_id")
    kind = serializers.ChoiceField(choices=SecurityEventKind.choices)
    sentence = serializers.SerializerMethodField()
    account_id = serializers.UUIDField(source="account.public_id", default=None, allow_null=True)
    account = serializers.CharField(source="account.name", default=None, allow_null=True)
    actor = serializers.CharField(source="actor.name", default=None, allow_null=True)
    project = serializers.UUIDField(source="project.public_id", default=None, allow_null=True)

    class Meta:
        model = SecurityEvent
        fields: ClassVar[list[str]] = [
            "id",
            "kind",
            "sentence",
            "account_id",
            "account",
            "actor",
            "project",
            "address",
            "happened_at",
        ]

    def get_sentence(self, event: SecurityEvent) -> str:
        """Return in words what happened."""
        return sentence_of(event)


class SecurityEventListView(ListView):
    """What happened to the accounts: sign-ins, refusals, changes of roles, factors and tokens."""

    queryset = SecurityEvent.objects.none()
    filterset_class = SecurityEventFilters
    serializer_class = SecurityEventSerializer

    @extend_schema(
        operation_id="security_event_list",
        summary="Security log",
        description="Only a token of an administrator reads it.",
        tags=["Security log"],
        responses=SecurityEventSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List what happened, the newest first."""
        return self.answer_page(events_for(self.caller).newest_first())
