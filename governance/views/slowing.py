"""Doors at which somebody could guess: so many attempts, then a page that says when again."""

from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Network, ip_address
from typing import Any

from allauth.account.internal.stagekit import get_pending_stage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from governance.models import User
from governance.services.addresses import folded_address
from governance.services.security import REFUSED_ACCOUNT
from governance.services.throttling import (
    CODE_ACCOUNT,
    CODE_KNOWN,
    LINK_ADDRESS,
    PROOF_SESSION,
    PROVIDER_ADDRESS,
    RESET_ACCOUNT,
    RESET_ADDRESS,
    RESET_PLACE,
    SENT_ADDRESS,
    SIGN_IN_ACCOUNT,
    SIGN_IN_ADDRESS,
    SIGN_IN_KNOWN,
    SIGN_IN_PLACE,
    Bucket,
    TooManyAttempts,
    give_back,
    take,
)
from governance.views.devices import device_of

Page = Callable[..., HttpResponse]
Buckets = Callable[[HttpRequest], list[Bucket]]
TOO_MANY = 429
WENT_ON = range(300, 400)


def slowed(buckets_of: Buckets, *, forgives: bool = True) -> Callable[[Page], Page]:
    """Count what is sent to a door; one that `forgives` does not count what leads on."""

    def slowing(view: Page) -> Page:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **names: Any) -> HttpResponse:
            if request.method != "POST":
                return view(request, *args, **names)
            now, buckets = timezone.now(), buckets_of(request)
            try:
                take(buckets=buckets, at=now)
            except TooManyAttempts as refusal:
                return _too_many(request, refusal)
            response = view(request, *args, **names)
            if forgives and response.status_code in WENT_ON:
                give_back(buckets=buckets, at=now)
            return response

        return counted

    return slowing


def sign_in_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what an attempt to sign in is counted in."""
    address, place = folded_address(request.POST.get("login", "")), _place_of(request)
    device = device_of(request, address)
    _name_account(request, address)
    if device:
        return [Bucket(SIGN_IN_KNOWN, f"{address} {device}")]
    return [
        Bucket(SIGN_IN_PLACE, f"{address} {place}"),
        Bucket(SIGN_IN_ACCOUNT, address),
        Bucket(SIGN_IN_ADDRESS, place),
    ]


def reset_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what asking for a new password is counted in."""
    address, place = folded_address(request.POST.get("email", "")), _place_of(request)
    _name_account(request, address)
    return [
        Bucket(RESET_PLACE, f"{address} {place}"),
        Bucket(RESET_ACCOUNT, address),
        Bucket(RESET_ADDRESS, place),
    ]


def link_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what trying a link for a new password is counted in."""
    return [Bucket(LINK_ADDRESS, _place_of(request))]


def provider_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what asking a provider that does not answer is counted in."""
    return [Bucket(PROVIDER_ADDRESS, _place_of(request))]


def sent_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what being sent to a provider is counted in, however it ends."""
    return [Bucket(SENT_ADDRESS, _place_of(request))]


def code_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what a code after the password is counted in: the account is known by then."""
    stage = get_pending_stage(request)
    user = stage.login.user if stage else None
    if not isinstance(user, User):
        return link_buckets(request)
    setattr(request, REFUSED_ACCOUNT, user)
    device = device_of(request, user.email)
    if device:
        return [Bucket(CODE_KNOWN, f"{user.pk} {device}")]
    return [Bucket(CODE_ACCOUNT, f"{user.pk}")]


def proof_buckets(request: HttpRequest) -> list[Bucket]:
    """Return what proving again who one is is counted in: the session, and no other."""
    return [Bucket(PROOF_SESSION, request.session.session_key or _place_of(request))]


def _too_many(request: HttpRequest, refusal: TooManyAttempts) -> HttpResponse:
    """Say when the next attempt is looked at."""
    wait = max(1, int((refusal.until - timezone.now()).total_seconds()))
    shown = {"until": refusal.until, "minutes": -(-wait // 60)}
    response = render(request, "429.html", shown, status=TOO_MANY)
    response.headers["Retry-After"] = str(wait)
    return response


def _name_account(request: HttpRequest, address: str) -> None:
    """Let the security log know whose account was meant, where there is one."""
    found = User.objects.filter(email=address).first()
    if found is not None:
        setattr(request, REFUSED_ACCOUNT, found)


def _place_of(request: HttpRequest) -> str:
    """Return where a request comes from: of IPv6 the network, for one house has many numbers."""
    text = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if address.version == 4:  # noqa: PLR2004
        return text
    return str(IPv6Network((int(address), 64), strict=False).network_address)
