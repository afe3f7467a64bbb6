"""Read who has not answered, and what moved within a week."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.problems import QueryRefused
from governance.api.views import ApiView, ListView
from readiness.choices import FindingState, Verdict
from readiness.models import Snapshot
from readiness.pages.unanswered import KINDS, unanswered
from readiness.pages.week import FINDINGS, SOURCES, week_page


class AskedSerializer(serializers.Serializer[object]):
    """One thing that was asked and not answered."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    text = serializers.CharField()
    since = serializers.DateTimeField()
    url = serializers.CharField(source="href")


class SilentSerializer(serializers.Serializer[object]):
    """One person who has not answered."""

    name = serializers.CharField()
    department = serializers.CharField(source="note")
    since = serializers.DateTimeField()
    asks = AskedSerializer(many=True)


class MovedSerializer(serializers.Serializer[object]):
    """How often something moved within the week, and within the week before."""

    kind = serializers.ChoiceField(choices=[FINDINGS, *SOURCES], source="code")
    number = serializers.IntegerField()
    before = serializers.IntegerField()


class ChangedSerializer(serializers.Serializer[object]):
    """A finding whose state changed within the week."""

    criterion = serializers.CharField(source="text", help_text="Gate and criterion.")
    wording = serializers.CharField(source="note")
    before = serializers.ChoiceField(choices=FindingState.choices)
    now = serializers.ChoiceField(choices=FindingState.choices)


class WeekSerializer(serializers.Serializer[object]):
    """What moved since seven days ago."""

    since = serializers.DateTimeField()
    until = serializers.DateTimeField()
    verdict = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    verdict_before = serializers.ChoiceField(choices=Verdict.choices, allow_blank=True)
    moved = MovedSerializer(many=True)
    findings = ChangedSerializer(many=True, source="changed")


class UnansweredListView(ListView):
    """People who have not answered."""

    queryset = Snapshot.objects.none()
    filter_backends = []
    parameters = frozenset({"kind"})
    serializer_class = SilentSerializer

    @extend_schema(
        operation_id="unanswered_list",
        summary="People who have not answered",
        description="List who has not answered, who waits longest first.",
        tags=["Work"],
        parameters=[OpenApiParameter("kind", {"type": "string", "enum": list(KINDS)})],
        responses=SilentSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List who has not answered, who waits longest first.

        :raises QueryRefused: there is no such kind of question.
        """
        reached = self.reached_project(project)
        kind = request.query_params.get("kind", "")
        if kind and kind not in KINDS:
            raise QueryRefused({"kind": [f"Choose one of {', '.join(KINDS)}."]})
        return self.answer_page(unanswered(reached, at=timezone.now(), kind=kind).people)


class WeekView(ApiView):
    """A week's change."""

    @extend_schema(
        operation_id="week_show",
        summary="A week's change",
        description="What moved since seven days ago; the rows are in the lists of facts.",
        tags=["Work"],
        responses=WeekSerializer,
    )
    def get(self, request: Request, project: UUID) -> Response:
        """Answer with the numbers of the week, and the findings that changed."""
        reached = self.reached_project(project)
        return Response(WeekSerializer(week_page(reached, at=timezone.now())).data)
