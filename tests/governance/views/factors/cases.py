"""Somebody at home and somebody at the door, with and without a second factor."""

import re
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import SecurityEvent, User
from governance.services.factors import code_at
from tests.factories import PASSWORD
from tests.factors import code_of

APP, PASSKEY = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN
CODES = Authenticator.Type.RECOVERY_CODES


def kinds(user: User) -> set[str]:
    """Return what the account has."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))


def noted(user: User) -> list[tuple[str, str]]:
    """Return what was noted about the account's factors, in order."""
    events = SecurityEvent.objects.filter(account=user, kind__startswith="AUTHENTICATOR")
    return [(event.kind, event.terms["factor"]) for event in events.order_by("pk")]


def at_home(user: User) -> Client:
    """Return a browser in which somebody is signed in and has just proved it once more."""
    browser = Client()
    browser.force_login(user)
    prove(browser, user)
    return browser


def prove(browser: Client, user: User) -> Any:
    """Show once more who it is, by password and, where there is an app, its code."""
    sent = {"password": PASSWORD}
    if APP in kinds(user):
        sent["code"] = code_of(user, at=timezone.now())
    return browser.post(reverse("account_reauthenticate"), sent)


def secret_on(browser: Client, name: str = "mfa_activate_totp") -> str:
    """Open the page of a new app and return the secret it shows."""
    page = browser.get(reverse(name)).content.decode()
    found = re.search(r'id="totp-secret">([A-Z2-7]+)<', page)
    assert found, page
    return found[1]


def set_up(browser: Client, name: str = "mfa_activate_totp") -> Any:
    """Set up an authenticator app as its page says."""
    code = code_at(secret_on(browser, name), at=timezone.now())
    return browser.post(reverse(name), {"code": code})


def sign_in(user: User) -> tuple[Client, Any]:
    """Sign in with address and password."""
    browser = Client()
    sent = {"login": user.email, "password": PASSWORD}
    return browser, browser.post(reverse("account_login"), sent)
