"""A passkey in tests whose private key the test holds: it signs what the page asks."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from fido2.cose import ES256, RS256, CoseKey, EdDSA
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from governance.models import User
from governance.services.passkeys import public_key

HOST = "testserver"
PRESENT, VERIFIED, MADE = 0x01, 0x04, 0x40
Private = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey | rsa.RSAPrivateKey


def _p256() -> Private:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass
class Device:
    """An authenticator with one key for this site."""

    identifier: bytes = b"a passkey of a test"
    private: Private = field(default_factory=_p256)
    counter: int = 0
    host: str = HOST
    origin: str = f"http://{HOST}"

    @property
    def public(self) -> CoseKey:
        """Return the key as a site is told it."""
        key = self.private.public_key()
        maker: Any = EdDSA
        if isinstance(key, ec.EllipticCurvePublicKey):
            maker = ES256
        if isinstance(key, rsa.RSAPublicKey):
            maker = RS256
        made: CoseKey = maker.from_cryptography_key(key)
        return made

    def give_to(self, user: User) -> Authenticator:
        """Register the key for an account."""
        held = AttestedCredentialData.create(bytes(16), self.identifier, self.public)
        told = self._told(PRESENT | VERIFIED | MADE, bytes(held))
        client = CollectedClientData.create(
            type="webauthn.create", challenge=bytes(16), origin=self.origin
        )
        response = {
            "clientDataJSON": websafe_encode(bytes(client)),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
        }
        credential = {**self._named(), "response": response, "clientExtensionResults": {}}
        made: Authenticator = Authenticator.objects.create(
            user=user,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "Key", "credential": credential},
        )
        return made

    def sign(
        self, digest: str, *, flags: int = PRESENT | VERIFIED, kind: str = "webauthn.get"
    ) -> str:
        """Return, as a browser does, the answer to a challenge given in hexadecimal."""
        client = bytes(
            CollectedClientData.create(
                type=kind, challenge=bytes.fromhex(digest), origin=self.origin
            )
        )
        told = bytes(self._told(flags))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(told),
            "signature": websafe_encode(self._signed(told + hashlib.sha256(client).digest())),
            "userHandle": None,
        }
        return json.dumps({**self._named(), "response": response, "clientExtensionResults": {}})

    def kept(self) -> dict[str, Any]:
        """Return the public key as the record has it."""
        return public_key(self.public)

    def _named(self) -> dict[str, str]:
        name = websafe_encode(self.identifier)
        return {"id": name, "rawId": name, "type": "public-key"}

    def _told(self, flags: int, held: bytes = b"") -> AuthenticatorData:
        site = hashlib.sha256(self.host.encode()).digest()
        flag = AuthenticatorData.FLAG(flags)
        made: AuthenticatorData = AuthenticatorData.create(site, flag, self.counter, held)
        return made

    def _signed(self, message: bytes) -> bytes:
        private = self.private
        if isinstance(private, ec.EllipticCurvePrivateKey):
            return private.sign(message, ec.ECDSA(hashes.SHA256()))
        if isinstance(private, rsa.RSAPrivateKey):
            return private.sign(message, padding.PKCS1v15(), hashes.SHA256())
        return private.sign(message)


def is_signed(assertion: dict[str, Any], *, statement: str) -> bool:
    """Say whether a kept assertion is over a statement: FORMAT.md, section 4, by hand."""
    told, client = (
        bytes.fromhex(assertion[name]) for name in ("authenticator_data", "client_data")
    )
    said = json.loads(client)
    asked = websafe_encode(hashlib.sha256(statement.encode()).digest())
    if (said["type"], said["challenge"]) != ("webauthn.get", asked):
        return False
    if told[:32] != hashlib.sha256(assertion["rp"].encode()).digest() or told[32] & 5 != 5:
        return False
    message, signature = (
        told + hashlib.sha256(client).digest(),
        bytes.fromhex(assertion["signature"]),
    )
    key = assertion["key"]
    numbers = {name: int(key[name], 16) for name in ("x", "y", "e", "n") if name in key}
    if key["alg"] == -7:
        point = ec.EllipticCurvePublicNumbers(numbers["x"], numbers["y"], ec.SECP256R1())
        point.public_key().verify(signature, message, ec.ECDSA(hashes.SHA256()))
    elif key["alg"] == -257:
        rsa.RSAPublicNumbers(numbers["e"], numbers["n"]).public_key().verify(
            signature, message, padding.PKCS1v15(), hashes.SHA256()
        )
    else:
        edwards = ed25519.Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["x"]))
        edwards.verify(signature, message)
    return True
