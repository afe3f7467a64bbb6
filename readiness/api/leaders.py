"""Read readiness by accountable leader."""

from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.problems import QueryRefused
from governance.api.views import ListView
from readiness.models import Snapshot
from readiness.pages.leaders.duties import DUTIES
from readiness.pages.leaders.listing import KINDS, leader_list


class DutySerializer(serializers.Serializer[Any]):
    """One thing that a leader answers for: done of due, and how much is overdue."""

    duty = serializers.ChoiceField(choices=list(DUTIES), source="code")
    done = serializers.IntegerField()
    due = serializers.IntegerField()
    overdue = serializers.IntegerField(source="late")
    url = serializers.CharField(source="href", help_text="The page with the rows behind it.")


class LeaderSerializer(serializers.Serializer[Any]):
    """A department's manager, a process owner, the sponsor or a steering member."""

    id = serializers.UUIDField(source="leader.account.public_id")
    name = serializers.CharField(source="leader.account.name")
    leads = serializers.CharField(source="what_for")
    overdue = serializers.IntegerField(source="leader.late")
    duties = DutySerializer(many=True)
    url = serializers.CharField(source="href", help_text="The page with everything open.")


class LeaderListView(ListView):
    """Readiness by accountable leader."""

    queryset = Snapshot.objects.none()
    filter_backends = []
    parameters = frozenset({"as"})
    serializer_class = LeaderSerializer

    @extend_schema(
        operation_id="leader_list",
        summary="Readiness by leader",
        description="What each manager, owner and executive answers for, and how far it is.",
        tags=["Work"],
        parameters=[OpenApiParameter("as", {"type": "string", "enum": list(KINDS)})],
        responses=LeaderSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the leaders, who has most overdue first.

        :raises QueryRefused: there is no such kind of leader.
        """
        reached = self.reached_project(project)
        kind = request.query_params.get("as", "")
        if kind and kind not in KINDS:
            raise QueryRefused({"as": [f"Choose one of {', '.join(KINDS)}."]})
        with timezone.override(reached.time_zone):
            at = timezone.localtime()
        return self.answer_page(leader_list(reached, at=at, kind=kind).rows)
