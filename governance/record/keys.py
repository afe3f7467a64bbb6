"""The key that signs checkpoints: a file outside the database, made at its first use."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from governance.record.notes import NoteSigner

SEED_BYTES = 32


class RecordKeyMissing(Exception):
    """Say that the record cannot be signed, and what the operator does about it."""


def log_host() -> str:
    """Return the name of this installation, as it stands in the origin of its logs."""
    return urlsplit(settings.SITE_URL).netloc


def signer() -> NoteSigner:
    """Return the key in use.

    :raises RecordKeyMissing: its file cannot be read, or holds no key.
    """
    path = Path(settings.RECORD_KEY_FILE)
    try:
        if not path.exists():
            write_key(path)
    except OSError as error:
        raise RecordKeyMissing(_unreadable(path)) from error
    return read_key(path)


def read_key(path: Path) -> NoteSigner:
    """Return the key in a file; nothing is made.

    :raises RecordKeyMissing: it cannot be read, or holds no key.
    """
    try:
        name, seed = path.read_text(encoding="ascii").split()
        return NoteSigner(name, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)))
    except (OSError, ValueError) as error:
        raise RecordKeyMissing(_unreadable(path)) from error


def verifier_in_use() -> str:
    """Return the verifier key of the key file as it is; empty where none can be read."""
    try:
        return read_key(Path(settings.RECORD_KEY_FILE)).verifier
    except RecordKeyMissing:
        return ""


def _unreadable(path: Path) -> str:
    return f"The key of the record cannot be read from {path.name}."


def write_key(path: Path) -> None:
    """Write a new key unless there is one; only this account may read it.

    :raises OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{log_host()}/record {os.urandom(SEED_BYTES).hex()}\n"
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".record-key")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(line)
        os.link(name, path)  # whoever comes second keeps the first key
    except FileExistsError:
        pass
    finally:
        os.unlink(name)
