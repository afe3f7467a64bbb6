"""Make passkeys from seeds and let them sign statements: FORMAT.md, section 4."""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Protocol

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.record_packs.canonical import Json

PRIMES = Path(__file__).with_name("primes.json")
PRESENT, VERIFIED = 0x01, 0x04


class Passkey(Protocol):
    """A key that an authenticator holds."""

    @property
    def key(self) -> Json:
        """Return the public key as a pack has it."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""


@dataclass(frozen=True)
class P256:
    """An ECDSA key on P-256."""

    seed: str

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        """Return the private key."""
        number = int.from_bytes(hashlib.sha256(self.seed.encode()).digest()) >> 1
        return ec.derive_private_key(number, ec.SECP256R1())

    @property
    def key(self) -> Json:
        """Return the public key as a pack has it."""
        point = self.private.public_key().public_numbers()
        return {"alg": -7, "x": f"{point.x:064x}", "y": f"{point.y:064x}"}

    def sign(self, message: bytes) -> bytes:
        """Return a signature in DER, the same each time."""
        how = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        return self.private.sign(message, how)


@dataclass(frozen=True)
class Edwards:
    """An Ed25519 key."""

    seed: str

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """Return the private key."""
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.seed.encode()).digest())

    @property
    def key(self) -> Json:
        """Return the public key as a pack has it."""
        return {"alg": -8, "x": self.private.public_key().public_bytes_raw().hex()}

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return self.private.sign(message)


@dataclass(frozen=True)
class Rsa:
    """An RSA key of one of the stored sizes."""

    bits: int = 2048

    @property
    def key(self) -> Json:
        """Return the public key as a pack has it."""
        numbers = _rsa(self.bits).public_key().public_numbers()
        return {"alg": -257, "e": "010001", "n": numbers.n.to_bytes(self.bits // 8).hex()}

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return _rsa(self.bits).sign(message, padding.PKCS1v15(), hashes.SHA256())


@cache
def _rsa(bits: int) -> rsa.RSAPrivateKey:
    p, q = (int(prime, 16) for prime in json.loads(PRIMES.read_text())[str(bits)])
    d = pow(65537, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p,
        q,
        d,
        rsa.rsa_crt_dmp1(d, p),
        rsa.rsa_crt_dmq1(d, q),
        rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(65537, p * q),
    ).private_key()


@dataclass
class Ceremony:
    """What a browser and an authenticator put together when somebody signs."""

    passkey: Passkey
    rp: str = "gate.example"
    flags: int = PRESENT | VERIFIED
    client_type: str = "webauthn.get"
    challenge: str | None = None
    client_data: bytes | None = None
    authenticator_data: bytes | None = None
    message_tail: bytes = b""

    def sign(self, statement: bytes) -> Json:
        """Return the assertion over a statement."""
        authenticator = self.authenticator_data or self._authenticator()
        client = self.client_data or self._client(statement)
        message = authenticator + hashlib.sha256(client).digest() + self.message_tail
        return {
            "authenticator_data": authenticator.hex(),
            "client_data": client.hex(),
            "credential": hashlib.sha256(repr(self.passkey.key).encode()).hexdigest()[:32],
            "key": self.passkey.key,
            "rp": self.rp,
            "signature": self.passkey.sign(message).hex(),
        }

    def _authenticator(self) -> bytes:
        return hashlib.sha256(self.rp.encode()).digest() + bytes([self.flags, 0, 0, 0, 9])

    def _client(self, statement: bytes) -> bytes:
        said = {
            "type": self.client_type,
            "challenge": self.challenge or challenge_of(statement),
            "origin": f"https://{self.rp}",
            "crossOrigin": False,
        }
        return json.dumps(said).encode()  # with spaces: not canonical, as browsers please


def challenge_of(statement: bytes) -> str:
    """Return what an authenticator is asked to sign for a statement."""
    return base64.urlsafe_b64encode(hashlib.sha256(statement).digest()).decode().rstrip("=")
