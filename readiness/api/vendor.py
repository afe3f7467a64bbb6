"""Read how much of the client's work a partner does."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView
from readiness.choices import PartnerArea, PartnerBand
from readiness.pages.dependence import dependence_body


class PartnerShareSerializer(serializers.Serializer[object]):
    """What the partner did of one thing: `done` of `due`; no percentage of nothing."""

    part = serializers.ChoiceField(choices=PartnerArea.choices)
    done = serializers.IntegerField()
    due = serializers.IntegerField()
    percent = serializers.CharField(allow_null=True, help_text="Rounded down to a tenth.")


class PartnerAreaSerializer(PartnerShareSerializer):
    """One share with its bounds in percent; of `unknown` nobody knows who did it."""

    name = serializers.CharField()
    unknown = serializers.IntegerField()
    band = serializers.ChoiceField(choices=PartnerBand.choices)
    watch_above = serializers.IntegerField()
    high_above = serializers.IntegerField()


class PartnerMonthSerializer(serializers.Serializer[object]):
    """The shares of one month, as far as anything happened in it."""

    month = serializers.CharField(help_text="Such as 2026-11, in the project's own zone.")
    parts = PartnerShareSerializer(many=True)


class DebtRowSerializer(serializers.Serializer[object]):
    """An assumption that nobody ruled on: its age in days times what rests on it."""

    code = serializers.CharField()
    raised_at = serializers.DateTimeField()
    days = serializers.IntegerField()
    dependants = serializers.IntegerField()
    debt = serializers.IntegerField()
    is_overdue = serializers.BooleanField(help_text="Older than five working days.")


class DebtSerializer(serializers.Serializer[object]):
    """What waits for a process owner's word."""

    open = serializers.IntegerField()
    overdue = serializers.IntegerField()
    debt = serializers.IntegerField()
    rows = DebtRowSerializer(many=True)


class RetestSerializer(serializers.Serializer[object]):
    """A scenario to be done anew, and the assumption that was wrong."""

    scenario = serializers.CharField()
    title = serializers.CharField()
    assumption = serializers.CharField()


class DependenceSerializer(serializers.Serializer[object]):
    """How much hangs on the partner; `band` is the worst of the areas, never an average."""

    project = serializers.UUIDField()
    slug = serializers.CharField()
    as_of = serializers.DateTimeField()
    band = serializers.ChoiceField(choices=PartnerBand.choices)
    parts = PartnerAreaSerializer(many=True)
    months = PartnerMonthSerializer(many=True)
    assumptions = DebtSerializer()
    retests = RetestSerializer(many=True)


class VendorView(ApiView):
    """The partner's share."""

    @extend_schema(
        operation_id="vendor_show",
        summary="The partner's share",
        description="How much of the client's work the partner does, side by side and by month.",
        tags=["Registers"],
        responses=DependenceSerializer,
    )
    def get(self, request: Request, project: UUID) -> Response:
        """Answer with the shares, their bounds and months, and what waits for an owner."""
        body = dependence_body(self.reached_project(project), as_of=timezone.now())
        return Response(DependenceSerializer(body).data)
