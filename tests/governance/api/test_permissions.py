"""What a token may do."""

import pytest
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from governance.api.permissions import TokenHasScope
from governance.api.views import ApiView
from governance.choices import Scope
from governance.models import ApiToken


class Forgetful(ApiView):
    """A view whose author named no scope."""

    def get(self, request: Request) -> Response:
        """Answer."""
        return Response()


class Careful(Forgetful):
    """A view that names one."""

    scopes = {"GET": Scope.READ}


def request_with(token: ApiToken | None, *, method: str = "GET") -> Request:
    request = Request(APIRequestFactory().generic(method, "/"))
    request.auth = token
    return request


READER = ApiToken(scopes=[Scope.READ])


class TestTokenHasScope:
    def test_closes_what_names_no_scope(self) -> None:
        assert not TokenHasScope().has_permission(request_with(READER), Forgetful())

    def test_opens_for_the_named_scope(self) -> None:
        assert TokenHasScope().has_permission(request_with(READER), Careful())
        assert TokenHasScope().has_permission(request_with(READER, method="HEAD"), Careful())

    def test_closes_without_the_scope_or_without_a_token(self) -> None:
        for token in (ApiToken(scopes=[Scope.PUSH]), ApiToken(scopes=[]), None):
            assert not TokenHasScope().has_permission(request_with(token), Careful())

    @pytest.mark.parametrize("method", ["POST", "OPTIONS"])
    def test_knows_no_other_method(self, method: str) -> None:
        with pytest.raises(MethodNotAllowed):
            TokenHasScope().has_permission(request_with(READER, method=method), Careful())
