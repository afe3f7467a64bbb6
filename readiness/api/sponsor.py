"""Read what only the sponsor can do this week, and who read what before voting."""

from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView, ListView
from governance.permissions import seat_of
from readiness.choices import Verdict
from readiness.models import Review
from readiness.pages.reviews import review_list
from readiness.pages.sponsor import sponsor_page


class TaskSerializer(serializers.Serializer[object]):
    """One thing that only the sponsor can do, and the page where it is done."""

    text = serializers.CharField()
    why = serializers.CharField()
    since = serializers.DateTimeField()
    late = serializers.BooleanField(source="is_late")
    url = serializers.CharField(source="href")


class SignSerializer(serializers.Serializer[object]):
    """One sign by which people see that somebody leads."""

    title = serializers.CharField()
    said = serializers.CharField()
    enough = serializers.BooleanField(source="is_good")


class AnsweringSerializer(serializers.Serializer[object]):
    """How one executive answers what waits."""

    name = serializers.CharField()
    role = serializers.CharField()
    in_time = serializers.IntegerField(source="answers.in_time")
    late = serializers.IntegerField(source="answers.late")
    waiting = serializers.IntegerField(source="answers.waiting")


class SponsorSerializer(serializers.Serializer[object]):
    """At most five things, the gravest first; `more` wait behind them."""

    sponsors = serializers.ListField(child=serializers.CharField(), source="names")
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    tasks = TaskSerializer(many=True)
    more = serializers.IntegerField()
    signs = SignSerializer(many=True)
    answers = AnsweringSerializer(many=True, source="answering")


class OpenedSerializer(serializers.Serializer[object]):
    """A judgement that somebody opened."""

    judged_at = serializers.DateTimeField()
    opened_at = serializers.DateTimeField()
    paper = serializers.CharField()


class ExecutiveSerializer(serializers.Serializer[object]):
    """One executive: what was opened, and the caveats that are still to open."""

    name = serializers.CharField()
    has_read = serializers.BooleanField()
    opened = OpenedSerializer(many=True)
    caveats_to_open = serializers.ListField(child=serializers.CharField())


class SponsorView(ApiView):
    """The sponsor's week."""

    @extend_schema(
        operation_id="sponsor_show",
        summary="What only the sponsor can do",
        tags=["Work"],
        responses=SponsorSerializer,
    )
    def get(self, request: Request, project: UUID) -> Response:
        """Answer with at most five things, the signs of leading, and who answers in time."""
        reached = self.reached_project(project)
        seat = seat_of(self.caller, project=reached)
        return Response(SponsorSerializer(sponsor_page(seat, at=timezone.now())).data)


class ReviewListView(ListView):
    """Who read what before voting."""

    queryset = Review.objects.none()
    filter_backends = []
    parameters = frozenset()
    serializer_class = ExecutiveSerializer

    @extend_schema(
        operation_id="review_list",
        summary="Who opened the judgement and each caveat",
        tags=["Work"],
        responses=ExecutiveSerializer(many=True),
    )
    def get(self, request: Request, project: UUID) -> Response:
        """List the executives with what they opened, by name."""
        reached = self.reached_project(project)
        return self.answer_page(review_list(reached, at=timezone.now()).rows)
