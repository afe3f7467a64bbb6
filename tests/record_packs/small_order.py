"""Forge Ed25519 signatures by keys of small order: one that anybody can sign with."""

import hashlib
from itertools import count

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ORDER = 2**252 + 27742317777372353535851937790883648493
KEYS = {
    "01" + "00" * 31: 1,
    "ec" + "ff" * 30 + "7f": 2,
    "00" * 32: 4,
    "00" * 31 + "80": 4,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05": 8,
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85": 8,
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a": 8,
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa": 8,
    "01" + "00" * 30 + "80": 1,
    "ec" + "ff" * 31: 2,
    "ee" + "ff" * 30 + "7f": 1,
    "ee" + "ff" * 31: 1,
    "ed" + "ff" * 30 + "7f": 4,
    "ed" + "ff" * 31: 4,
}
"""The order of each; the last six are other encodings of the same points, past the prime."""


def forged(key: bytes, message: bytes) -> bytes:
    """Return a signature that verifies by the equation alone, without any private key."""
    order = KEYS[key.hex()]
    for number in count():
        seed = hashlib.sha256(str(number).encode()).digest()
        point = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        hashed = hashlib.sha512(point + key + message).digest()
        if int.from_bytes(hashed, "little") % ORDER % order == 0:
            return point + (_scalar(seed) % ORDER).to_bytes(32, "little")
    raise AssertionError


def _scalar(seed: bytes) -> int:
    number = int.from_bytes(hashlib.sha512(seed).digest()[:32], "little")
    return number & ((1 << 254) - 8) | (1 << 254)
