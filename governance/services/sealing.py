"""Keep small secrets in the database so that the database alone does not give them away."""

import base64
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "sealed:"
AUTHENTICATORS = b"readiness-gate authenticators 1"
"""What the key is for; another purpose gets another key out of the same SECRET_KEY."""


def seal(text: str) -> str:
    """Return a secret as it may lie in the database."""
    return MARK + _box().encrypt(text.encode()).decode()


def unseal(kept: str) -> str:
    """Return a secret as it was; one from before secrets were sealed is returned as it lies.

    :raises InvalidToken: it was sealed under a key that is neither SECRET_KEY nor one of
        SECRET_KEY_FALLBACKS, or somebody changed it.
    """
    if not kept.startswith(MARK):
        return kept
    return _box().decrypt(kept.removeprefix(MARK).encode()).decode()


def _box() -> MultiFernet:
    return _box_of((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


@lru_cache(maxsize=4)
def _box_of(keys: Sequence[str]) -> MultiFernet:
    """Return what seals under the first key and opens under each of them."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    drawn = HKDF(algorithm=SHA256(), length=32, salt=None, info=AUTHENTICATORS)
    return base64.urlsafe_b64encode(drawn.derive(key.encode()))
