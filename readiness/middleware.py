"""What stands between every request and its view."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac

from governance.choices import SecurityEventKind
from governance.models import Project, User
from governance.services.factors import MUST_SET_FACTOR
from governance.services.security import REFUSED_ACCOUNT, Attempt, Whence, coming_from, note_refusal

FOR_PROGRAMS = ("/api/", "/health/")
"""Addresses that programs ask; they are answered in English, whoever asks."""
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
FOREIGN = "/accounts/"
"""Forms that others made: they come back with their errors as if they had been taken."""
TAKEN = 200
ON_THE_WAY = ("account_reauthenticate", "account_login", "account_logout", "i18n-set")
"""Where somebody may go who has to set up a second factor first."""
REFUSALS = {
    401: SecurityEventKind.REFUSED,
    403: SecurityEventKind.REFUSED,
    429: SecurityEventKind.THROTTLED,
}
"""Answers that are noted in the security log."""
UNDER_WAY = "under way"
WAIT_SECONDS, WAITS = 0.1, 50
REMEMBERED_SECONDS = 600


class RealAddress:
    """Take for the address of the other end what the last proxy we trust says it is.

    Everything else reads REMOTE_ADDR: throttling, the security log, the list of sessions.
    Each proxy appends whom it talked to, so what a caller invents stands further left.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under the address of the other end; without a usable one, under the peer's."""
        hops = request.headers.get("X-Forwarded-For", "").split(",")
        if 0 < settings.TRUSTED_PROXIES <= len(hops):
            with suppress(ValueError):
                said = ip_address(hops[-settings.TRUSTED_PROXIES].strip().strip("[]"))
                mapped = getattr(said, "ipv4_mapped", None)
                request.META["REMOTE_ADDR"] = str(mapped or said)
        return self.get_response(request)


class KeepNothing:
    """Tell browsers and proxies to keep no page, unless the view itself said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the header where it is missing."""
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class TellBrowsers:
    """Tell browsers what else they must not do with an answer: no device, no other site."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and add the headers where they are missing."""
        response = self.get_response(request)
        for name, value in settings.BROWSER_HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class NoteRefusals:
    """Write into the security log which account was refused what, and from where it asked.

    Everything else that is noted while the request is answered names the same address.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and note it where the answer is a refusal."""
        with coming_from(_whence_of(request)):
            response = self.get_response(request)
            if response.status_code in REFUSALS:
                _note_refused(request, response.status_code)
        return response


class ReaderLanguage:
    """Answer in the reader's language: the account's, else the cookie's, else the browser's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say in which language; the thread speaks the one before afterwards."""
        if _is_for_programs(request.path_info):
            with translation.override(settings.LANGUAGE_CODE):
                return self.get_response(request)
        language = _chosen(request) or translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class FactorFirst:
    """Lead whoever needs a second factor and has none to where one is set up, and nowhere else.

    It was asked at sign-in and is written in the session, so no page asks again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where the reader has to go first is known once the address is."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: object, names: object
    ) -> HttpResponse | None:
        """Send such a reader to the second factors, unless that is on the way there."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        if not request.session.get(MUST_SET_FACTOR) or _leads_to_factors(request):
            return None
        to = reverse("mfa_index")
        if "HX-Request" in request.headers:
            return HttpResponse(headers={"HX-Redirect": to})
        return HttpResponseRedirect(to)


def _leads_to_factors(request: HttpRequest) -> bool:
    match = request.resolver_match
    name = match.view_name if match else ""
    return name.startswith("mfa_") or name in ON_THE_WAY


class CarryOutOnce:
    """Carry out a form once: sent again from the same page, it leads where it led first.

    Each form on each page carries a token of its own against forgery, so the same token with
    the same entries is the same form: a double click, a poor line, the way back and again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Remember what answers the request."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where the same form was taken already, send the reader where it led."""
        key = _form_key(request)
        if not key:
            return self.get_response(request)
        if not cache.add(key, UNDER_WAY, timeout=REMEMBERED_SECONDS):
            led_to = _led_to(key)
            if led_to:
                return HttpResponseRedirect(led_to)
        response = self.get_response(request)
        if led_to := _leads_to(request, response):
            cache.set(key, led_to, timeout=REMEMBERED_SECONDS)
        else:
            cache.delete(key)
        return response


def _whence_of(request: HttpRequest) -> Whence:
    """Return the address of the other end; nothing where a socket has none."""
    try:
        return Whence(str(ip_address(request.META.get("REMOTE_ADDR", ""))))
    except ValueError:
        return Whence()


def _note_refused(request: HttpRequest, status: int) -> None:
    """Note a refusal; of somebody whom nobody knows there is nothing to tell anybody."""
    account = getattr(request, REFUSED_ACCOUNT, None) or request.user
    if not isinstance(account, User) or not account.is_authenticated:
        return
    match = request.resolver_match
    note_refusal(
        REFUSALS[status],
        account=account,
        attempt=Attempt(
            at=match.view_name if match else "", method=request.method or "", status=status
        ),
        project=_project_named(account, match.kwargs if match else {}),
    )


def _project_named(account: User, names: Mapping[str, Any]) -> Project | None:
    """Return the project of an address, if the account reaches it."""
    named = names.get("project")
    if named is None:
        return None
    return Project.objects.visible_to(account).filter(public_id=named).first()


def _form_key(request: HttpRequest) -> str:
    """Return what names a form that somebody sent from a page; empty for everything else."""
    if request.method != "POST" or _is_for_programs(request.path_info):
        return ""
    if TOKEN not in request.POST or not request.user.is_authenticated:
        return ""
    files = [(name, file.name, file.size) for name, held in request.FILES.lists() for file in held]
    entries = [request.session.session_key, request.path_info, sorted(request.POST.lists()), files]
    return f"form:{salted_hmac(TOKEN, json.dumps(entries), algorithm='sha256').hexdigest()}"


def _leads_to(request: HttpRequest, response: HttpResponse) -> str:
    """Return where the reader of a form that was taken is led; empty where it was not taken.

    A form that is answered with a page of its own, such as a secret that is shown once, leads
    back to where it stands.
    """
    if isinstance(response, HttpResponseRedirect):
        return response.url
    answered = response.status_code == TAKEN and "HX-Request" not in request.headers
    return request.path if answered and not request.path_info.startswith(FOREIGN) else ""


def _led_to(key: str) -> str:
    """Return where the first sending led, once it has; empty where it led nowhere."""
    for _ in range(WAITS):
        led_to = cache.get(key) or ""
        if led_to != UNDER_WAY:
            return str(led_to)
        time.sleep(WAIT_SECONDS)
    return ""


def _is_for_programs(path: str) -> bool:
    """Say whether a program asks; the documentation of REST is a page that people read."""
    return path.startswith(FOR_PROGRAMS) and not path.endswith("/docs/")


def _chosen(request: HttpRequest) -> str:
    language = getattr(request.user, "language", "")
    return language if language in dict(settings.LANGUAGES) else ""
