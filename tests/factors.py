"""Authenticator apps in tests: everybody's shows the same code, as often as it is asked for."""

import hashlib
from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from governance.models import User
from governance.services.factors import code_at

SITE = hashlib.sha256(b"testserver").digest()
# somebody touched the device and was verified by it, which made a key
USED = AuthenticatorData.FLAG(0x45)
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


def give_passkey(user: User) -> Authenticator:
    """Give an account a passkey of a device that nobody holds; what is kept of it is real."""
    identifier = f"passkey of {user.pk}".encode()
    key = ES256.from_cryptography_key(  # type: ignore[no-untyped-call]
        ec.generate_private_key(ec.SECP256R1()).public_key()
    )
    held = AttestedCredentialData.create(bytes(16), identifier, key)
    told = AuthenticatorData.create(SITE, USED, 0, bytes(held))
    client = CollectedClientData.create(
        type="webauthn.create", challenge=bytes(16), origin="https://testserver"
    )
    credential = {
        "id": websafe_encode(identifier),
        "rawId": websafe_encode(identifier),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(bytes(client)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
        },
        "clientExtensionResults": {},
    }
    made: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Key", "credential": credential},
    )
    return made


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
