"""The cookie by which a browser shows that an account signed in there before.

It opens nothing: it only lets attempts from this browser be counted by themselves, so that
nobody who guesses elsewhere locks its owner out (OWASP, "Device cookies").
"""

import hashlib
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from governance.services.addresses import folded_address

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
