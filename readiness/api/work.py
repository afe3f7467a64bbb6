"""Read what waits for the account behind the token."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.views import ApiView
from readiness.pages.work import KINDS, my_work


class WorkProjectSerializer(serializers.Serializer[object]):
    """The upgrade it belongs to."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()


class WorkItemSerializer(serializers.Serializer[object]):
    """One thing that waits, done in one screen."""

    kind = serializers.ChoiceField(choices=[kind.code for kind in KINDS], source="kind.code")
    text = serializers.CharField()
    project = WorkProjectSerializer()
    since = serializers.DateTimeField()
    url = serializers.CharField(source="href", help_text="The page it is done on.")


class WorkSerializer(serializers.Serializer[object]):
    """Everything that waits for the account, the oldest first."""

    count = serializers.IntegerField()
    answer = serializers.CharField()
    results = WorkItemSerializer(many=True)


class WorkView(ApiView):
    """What waits for the caller."""

    @extend_schema(
        operation_id="work_show",
        summary="My work",
        description="What waits for the account behind the token, over all its projects.",
        tags=["Work"],
        responses=WorkSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer with what waits, oldest first, in English."""
        work = my_work(self.caller, at=timezone.now())
        shown = {"count": len(work.items), "answer": work.answer, "results": work.items}
        return Response(WorkSerializer(shown).data)
