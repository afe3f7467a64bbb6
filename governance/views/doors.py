"""What stands at the door of every address: the policy table, and who comes."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url

from governance.permissions.act import Door
from governance.permissions.table import Rule, methods_of, rule_of, rules_of


class OnlyRegistered:
    """Answer no address that is not in the policy table, and ask at its door who comes.

    What the role has to be is asked where the project is known. Addresses of the REST
    interface say themselves which methods and tokens they take.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; what is asked of the view is asked once it is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, names: Any
    ) -> HttpResponse | None:
        """Stop whoever may not pass the door of the address.

        :raises PermissionDenied: the address is in no policy, or its door is another's.
        """
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not methods_of(name):
            raise PermissionDenied
        if hasattr(view, "cls"):
            return None
        rule = rule_of(name, method=request.method)
        return _not_allowed(request, name) if rule is None else _at_the_door(request, name, rule)


def _not_allowed(request: HttpRequest, name: str) -> HttpResponse:
    """Answer a method that the address is not registered with; strangers sign in first."""
    methods = methods_of(name)
    is_public = any(rule.act.door is Door.PUBLIC for rule in rules_of(name))
    if not is_public and not request.user.is_authenticated:
        return redirect_to_login(_way_back(request, name))
    return HttpResponseNotAllowed([*methods, "HEAD"] if "GET" in methods else methods)


def _at_the_door(request: HttpRequest, name: str, rule: Rule) -> HttpResponse | None:
    """Let in whom the door of an act lets in, and have strangers sign in.

    :raises PermissionDenied: the account administers nothing.
    """
    if rule.act.door is Door.PUBLIC:
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(_way_back(request, name))
    if rule.act.door is Door.ADMINISTRATOR and not rule.act.allows_account(request.user):
        raise PermissionDenied(str(rule.act.refusal))
    return None


def _way_back(request: HttpRequest, name: str) -> str:
    """Return where to go after signing in: the page itself, if it can be looked at."""
    can_look = rule_of(name, method="GET") is not None
    return request.get_full_path() if can_look else resolve_url(settings.LOGIN_REDIRECT_URL)
