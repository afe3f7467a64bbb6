"""Know who is signed in, and for which one client a partner's account acts."""

from collections.abc import Callable
from functools import partial
from typing import Any, cast

from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.functional import SimpleLazyObject

from governance.models import User
from governance.permissions.act import Door
from governance.permissions.acts import SEE_OWN_WORK
from governance.permissions.table import Rule, rule_of
from governance.services.acting import CLIENT, ActingFor, act_for

CHOOSE = "governance:client-choose"


class ActsForOneClient(AuthenticationMiddleware):
    """Know who is signed in, and for which one client a partner's account acts.

    `request.acting_for` is there once `request.user` was asked for and is a partner's.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Lay out the question who asks; it is answered when somebody wants to know."""
        super().process_request(request)
        request.user = SimpleLazyObject(partial(_acting, request))  # type: ignore[assignment]

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, names: Any
    ) -> HttpResponse | None:
        """Lead a partner's account that has not chosen a client to where it chooses."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        rule = rule_of(name, method=request.method)
        if hasattr(view, "cls") or rule is None or not _shows_a_client(rule):
            return None
        user = cast(User, request.user)
        if not user.is_authenticated or not user.is_partner or not _acting_for(request).must_choose:
            return None
        if "HX-Request" in request.headers:
            return HttpResponse(status=204, headers={"HX-Redirect": resolve_url(CHOOSE)})
        return redirect(CHOOSE)


def _acting(request: HttpRequest) -> User | AnonymousUser:
    user = get_user(request)
    if isinstance(user, User) and user.is_partner:
        acting = act_for(user, chosen=request.session.get(CLIENT))
        request.acting_for = acting  # type: ignore[attr-defined]
    return user


def _acting_for(request: HttpRequest) -> ActingFor:
    return cast(ActingFor, request.acting_for)  # type: ignore[attr-defined]


def _shows_a_client(rule: Rule) -> bool:
    return rule.act.door is Door.PROJECT or rule.act == SEE_OWN_WORK
