"""Authenticator apps in tests: everybody's shows the same code, as often as it is asked for."""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from governance.models import User
from governance.services.factors import code_at

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own


def give_app(user: User) -> Authenticator:
    """Give an account an authenticator app, if it has none, and forget which code it spent."""
    found: Authenticator | None = Authenticator.objects.filter(
        user=user, type=Authenticator.Type.TOTP
    ).first()
    if found is None:
        found = TOTP.activate(user, SECRET).instance
    found.data.pop("spent", None)
    found.save(update_fields=["data"])
    return found


def code_of(user: User, *, at: datetime) -> str:
    """Return the code that the account's app shows; it was not spent yet."""
    give_app(user)
    return code_at(SECRET, at=at)


def post(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Send a form as somebody, with the code of the app where a password goes along."""
    client.force_login(user)
    if "password" in fields:
        fields.setdefault("code", code_of(user, at=timezone.now()))
    return client.post(where, fields)
