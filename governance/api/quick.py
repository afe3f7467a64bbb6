"""Answer from memory where the answer is there, by the same checks as everywhere else."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.cache import get_conditional_response
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from governance.api.authentication import TokenAuthentication
from governance.api.negotiation import ANYTHING
from governance.api.permissions import TokenHasScope
from governance.api.throttling import TokenRateThrottle
from governance.api.views import ApiView, keep_private
from governance.models import ApiToken, User

PLAIN = ANYTHING | {"application/json"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the checks look at: the method, the token that was found, and the address."""

    method: str
    auth: ApiToken
    resolver_match: ResolverMatch | None


class QuickView(ApiView):
    """Ask `remembered` first; the framework starts only when that knows no answer.

    Token, scope and rate are checked by the classes that the framework would call. Whatever
    they do not let through goes the long way, which then says why.
    """

    @abstractmethod
    def remembered(self, user: User, **names: Any) -> HttpResponse | None:
        """Return a ready answer that this account may have, or None."""

    def dispatch(self, request: HttpRequest, *args: Any, **names: Any) -> HttpResponseBase:
        """Answer at once, or as every other view does."""
        try:
            answer = self._answer(request, **names)
        except Exception:  # whatever it was, the long way tells it as a problem
            answer = None
        if answer is None:
            return super().dispatch(request, *args, **names)
        held = get_conditional_response(request, etag=answer["ETag"], response=answer)
        return keep_private(cast(HttpResponse, held))

    def _answer(self, request: HttpRequest, **names: Any) -> HttpResponse | None:
        if request.method != "GET" or request.META.get("HTTP_ACCEPT", "") not in PLAIN:
            return None
        user = self._let_in(request)
        return self.remembered(user, **names) if user is not None else None

    def _let_in(self, request: HttpRequest) -> User | None:
        asked_as = cast(Request, request)
        try:
            found = TokenAuthentication().authenticate(asked_as)
        except AuthenticationFailed:
            return None
        if found is None:
            return None
        user, token = found
        asked = cast(Request, Asked("GET", token, request.resolver_match))
        allowed = TokenHasScope().has_permission(asked, self)
        if not allowed or not TokenRateThrottle().allow_request(asked, self):
            return None
        request.user = user
        return user
