"""What every address of the REST interface has in common."""

from collections.abc import Set
from typing import Any, ClassVar, TypeVar, cast
from uuid import UUID

from django.core.paginator import Page
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.http import conditional_page
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from governance.api.filters import refuse_unknown
from governance.api.pagination import PagesWithTotal
from governance.api.problems import NOT_FOUND_DETAIL
from governance.models import Project, User
from governance.permissions import seat_of
from governance.permissions.table import rule_of

AnswerT = TypeVar("AnswerT", bound=HttpResponse)


@method_decorator(conditional_page, name="dispatch")
class ApiView(APIView):
    """An address: answers with ETag and private caching."""

    # what may be asked for behind the question mark; None: told apart further on
    parameters: ClassVar[Set[str] | None] = frozenset()
    reached: Project | None = None
    http_method_names = [name for name in View.http_method_names if name != "options"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let in who may; then refuse to read by a parameter that the address does not know.

        Whoever asks for something of a project is asked for the seat there before anything is
        done: no view can forget it.
        """
        super().initial(request, *args, **kwargs)
        if self.parameters is not None and request.method in SAFE_METHODS:
            refuse_unknown(request, self.parameters)
        if "project" in kwargs:
            self.reached = self._reach(kwargs["project"])

    @property
    def caller(self) -> User:
        """Return the account behind the token; permissions were checked before."""
        return cast(User, self.request.user)

    def reached_project(self, public_id: UUID) -> Project:
        """Return the project of the address: the caller may do there what is asked.

        :raises Http404: another one than that of the address.
        """
        if self.reached is None or self.reached.public_id != public_id:
            raise not_found()
        return self.reached

    def _reach(self, public_id: UUID) -> Project:
        """Return a project, if the caller may reach it and do there what is asked.

        :raises Http404: it does not exist or is not the caller's to see.
        :raises PermissionDenied: the policy gives this to other roles.
        """
        reached = Project.objects.visible_to(self.caller).select_related("organisation")
        project = get_object_or_404(reached, public_id=public_id)
        match = self.request.resolver_match
        rule = rule_of(match.view_name, method=self.request.method) if match else None
        if rule is None:
            raise PermissionDenied
        if not rule.act.asks_no_role and not rule.act.allows(seat_of(self.caller, project=project)):
            raise PermissionDenied(str(rule.act.refusal))
        return project

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> Response:
        """Tell every cache on the way that the answer is this caller's own."""
        final = super().finalize_response(request, cast(Response, response), *args, **kwargs)
        return keep_private(final)


class ListView(ApiView, GenericAPIView[Any]):
    """A list: filtered, ordered and cut into pages."""

    parameters: ClassVar[Set[str] | None] = None  # the filter set names them

    def answer_page(self, rows: Any) -> Response:
        """Answer with one page of the rows that match the address."""
        page = self.paginate_queryset(self.filter_queryset(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @property
    def total(self) -> int:
        """Return the number of rows over all pages, once a page was taken."""
        return cast("Page[Any]", cast(PagesWithTotal, self.paginator).page).paginator.count

    @property
    def links(self) -> tuple[str | None, str | None]:
        """Return the addresses of the next and the previous page, once a page was taken."""
        pages = cast(PagesWithTotal, self.paginator)
        return pages.get_next_link(), pages.get_previous_link()


class UnknownAddress(ApiView):
    """Whatever no other address answers."""

    permission_classes = [IsAuthenticated]
    parameters = None

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Answer every method alike.

        :raises NotFound: always.
        """
        hint = "" if request.path.endswith("/") else " Addresses end with a slash."
        raise NotFound(f"No such address.{hint}")


def keep_private(answer: AnswerT) -> AnswerT:
    """Let caches keep an answer for this caller only, and only after asking again."""
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Authorization"])
    return answer


def not_found() -> Http404:
    """Return the one answer for what is foreign and what does not exist."""
    return Http404(NOT_FOUND_DETAIL)


def ready_made(
    body: str | bytes, *, status: int = 200, etag: str = "", media_type: str = "application/json"
) -> HttpResponse:
    """Return an answer whose bytes were made before."""
    response = HttpResponse(body, status=status, content_type=media_type)
    if etag:
        response["ETag"] = f'"{etag}"'
    return response


def header_of(request: HttpRequest | Request, name: str) -> str:
    """Return a header without its outer blanks, empty where it is missing."""
    return request.headers.get(name, "").strip()
