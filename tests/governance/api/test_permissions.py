"""What a token may do."""

from collections.abc import Callable

import pytest
from django.urls import ResolverMatch
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory

from governance.api.permissions import TokenHasScope
from governance.api.views import ApiView
from governance.choices import Scope
from governance.models import ApiToken, User
from governance.permissions import acts
from governance.permissions.table import rows, table

POLICY = table(
    rows(acts.SEE_OWN_WORK, "careful", scope=Scope.READ),
    rows(acts.SEE_OWN_WORK, "page"),
    rows(acts.ADMINISTER, "accounts", scope=Scope.READ),
)
READER = ApiToken(scopes=[Scope.READ], user=User())


class View(ApiView):
    """A view that reads."""

    def get(self, request: Request) -> Response:
        """Answer."""
        return Response()


@pytest.fixture(autouse=True)
def small_policy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a small table in the place of the product's."""
    held: Callable[[], object] = lambda: POLICY  # noqa: E731
    monkeypatch.setattr("governance.permissions.table.policy", held)


def allows(token: ApiToken | None, name: str, *, method: str = "GET") -> bool:
    """Say whether a token may do what an address does."""
    request = Request(APIRequestFactory().generic(method, "/"))
    request.auth = token
    request._request.resolver_match = ResolverMatch(View.as_view(), (), {}, url_name=name)
    return TokenHasScope().has_permission(request, View())


class TestTokenHasScope:
    @pytest.mark.parametrize("name", ["forgotten", "page"])
    def test_closes_what_has_no_row_or_a_row_without_a_scope(self, name: str) -> None:
        assert not allows(READER, name)

    def test_opens_for_the_scope_of_the_address(self) -> None:
        assert allows(READER, "careful")
        assert allows(READER, "careful", method="HEAD")

    def test_closes_without_the_scope_or_without_a_token(self) -> None:
        for token in (ApiToken(scopes=[Scope.PUSH]), ApiToken(scopes=[]), None):
            assert not allows(token, "careful")

    @pytest.mark.parametrize("method", ["POST", "OPTIONS"])
    def test_knows_no_other_method(self, method: str) -> None:
        with pytest.raises(MethodNotAllowed):
            allows(READER, "careful", method=method)

    def test_opens_the_accounts_to_administrators_only(self) -> None:
        administrator = ApiToken(scopes=[Scope.READ], user=User(is_administrator=True))
        assert allows(administrator, "accounts")
        assert not allows(READER, "accounts")
