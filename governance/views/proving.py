"""Ask somebody to show once more who it is, before a door that touches the account itself."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from governance.models import User
from governance.services.accounts import second_factor_of
from governance.services.factors import has_second_factor

Page = Callable[..., HttpResponse]


def ask_again(request: HttpRequest) -> HttpResponseRedirect:
    """Lead to where it is shown, and back to this page; what was sent is kept nowhere."""
    where = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
    return HttpResponseRedirect(f"{where}?{urlencode({'next': request.get_full_path()})}")


def prove_before_password(view: Page) -> Page:
    """Ask an account with a second factor for all of it before its password is changed.

    Whoever has none gives the old password on the page itself.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        is_open = not request.user.is_authenticated or did_recently_reauthenticate(request)
        if is_open or not has_second_factor(cast(User, request.user)):
            return view(request, *args, **names)
        return ask_again(request)

    return asked


def passkey_first(view: Page) -> Page:
    """Ask for the passkey before a form that asks for the password, where there is no app.

    The form asks everybody else for the code of the app, beside the password.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
        if request.method == "POST" and not did_recently_reauthenticate(request):
            user = cast(User, request.user)
            if second_factor_of(user) is None and has_second_factor(user):
                messages.info(request, _("Show your passkey first, then fill the form in again."))
                return ask_again(request)
        return view(request, *args, **names)

    return asked
