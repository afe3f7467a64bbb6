"""Ask who a token speaks for."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from governance.api.serializers import TokenSerializer
from governance.api.views import ApiView


class CallerView(ApiView):
    """The account behind the token."""

    @extend_schema(
        operation_id="caller_show",
        summary="Who am I?",
        description="The account a token speaks for, its scopes and its expiry.",
        tags=["Token"],
        responses=TokenSerializer,
    )
    def get(self, request: Request) -> Response:
        """Show whose token this is."""
        return Response(TokenSerializer(request.auth).data)
