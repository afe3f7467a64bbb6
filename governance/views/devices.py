"""The cookie by which a browser shows that an account signed in there before.

It opens nothing: it only lets attempts from this browser be counted by themselves, so that
nobody who guesses elsewhere locks its owner out (OWASP, "Device cookies").
"""

import hashlib
import secrets
from collections.abc import Callable
from functools import wraps

from allauth.account.utils import url_str_to_user_pk
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from governance.models import User
from governance.services.addresses import folded_address

Page = Callable[..., HttpResponse]
FOUND = 302
SALT = "device"
LONGEST_SECONDS = 180 * 24 * 60 * 60
MOST_ACCOUNTS = 5


def device_of(request: HttpRequest, address: str) -> str:
    """Return the name of a browser that an account signed in with; empty for every other."""
    return _held(request).get(_hash(address), "")


def remember_device(request: HttpRequest, response: HttpResponseBase, *, address: str) -> None:
    """Let the browser show from now on that this account signed in there."""
    own = _hash(address)
    others = {each: name for each, name in _held(request).items() if each != own}
    newest = [*others.items(), (own, secrets.token_urlsafe(16))][-MOST_ACCOUNTS:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(dict(newest), salt=SALT),
        max_age=LONGEST_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remembering(view: Page) -> Page:
    """Let the browser be known in which the link of a mail was followed to the end.

    So the owner gets in, however many others guess at the account meanwhile.
    """

    @wraps(view)
    def remembered(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
        response = view(request, uidb36=uidb36, key=key)
        if request.method == "POST" and response.status_code == FOUND:
            user = User.objects.get(pk=url_str_to_user_pk(uidb36))
            remember_device(request, response, address=user.email)
        return response

    return remembered


def _held(request: HttpRequest) -> dict[str, str]:
    """Return what the cookie says, if it is ours: account -> name of the browser."""
    try:
        held = signing.loads(
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""),
            salt=SALT,
            max_age=LONGEST_SECONDS,
        )
    except signing.BadSignature:
        return {}
    return held if isinstance(held, dict) else {}


def _hash(address: str) -> str:
    return hashlib.sha256(folded_address(address).encode()).hexdigest()[:16]
