"""Checkpoints as C2SP signed notes, and receipts as C2SP tlog-proofs.

Sources: C2SP signed-note, tlog-checkpoint, tlog-proof; what of them is used here stands in
FORMAT.md, section 5. Keys are Ed25519.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = b"\x01"
DASH = "—"
PROOF_HEAD = "c2sp.org/tlog-proof@v1"
ID_BYTES = 4
_NOTE = re.compile(
    r"(?P<text>(?P<origin>[A-Za-z0-9._:\[\]-]+/p/[0-9a-f-]{36})\n"
    r"(?P<size>[1-9][0-9]{0,15})\n(?P<root>[A-Za-z0-9+/]{43}=)\n)\n"
    r"(?P<lines>(?:— [!-*,-~]+ [A-Za-z0-9+/]+={0,2}\n){1,16})"
)


class NoteRefused(Exception):
    """Say why a text is no checkpoint of this log."""


@dataclass(frozen=True, slots=True)
class NoteSigner:
    """A private key with the name it signs under."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> str:
        """Return the verifier key: name, identifier and public key in one text."""
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        identifier = _key_id(self.name, public).hex()
        return f"{self.name}+{identifier}+{_base64(ALGORITHM + public)}"

    def line_over(self, text: str) -> str:
        """Return the signature line over the text of a note."""
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        signed = _key_id(self.name, public) + self.key.sign(text.encode())
        return f"{DASH} {self.name} {_base64(signed)}\n"


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: which log, how long, and its root in bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """Return the three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def signed_note(head: Head, signers: Sequence[NoteSigner]) -> str:
    """Return a checkpoint signed by one key, or by several where one replaces another."""
    return head.text + "\n" + "".join(signer.line_over(head.text) for signer in signers)


def head_of(note: str, *, verifier: str, others: Collection[str] = ()) -> Head:
    """Return what a checkpoint says, once the key in force has signed it.

    `others` are the other verifier keys of the log: a line by one of them must be right too.

    :raises NoteRefused: it is no checkpoint, or the key has not signed it, or wrongly.
    """
    read = _NOTE.fullmatch(note)
    if read is None:
        raise NoteRefused("This is no checkpoint: three lines and their signatures are wanted.")
    text, lines = read["text"], _signatures(read["lines"])
    known = {(name, key): public for name, key, public in map(_parts_of, {*others, verifier})}
    name, identifier, _ = _parts_of(verifier)
    if (name, identifier) not in lines:
        raise NoteRefused("This checkpoint is not signed by the key of the record.")
    for by, signature in lines.items():
        if by in known and not _is_right(known[by], signature, text):
            raise NoteRefused("The signature under this checkpoint is wrong.")
    return Head(read["origin"], int(read["size"]), _bytes(read["root"]))


def _signatures(lines: str) -> dict[tuple[str, str], bytes]:
    """Return name and identifier of each signature → its bytes.

    :raises NoteRefused: one comes twice, or is not base64.
    """
    found: dict[tuple[str, str], bytes] = {}
    for line in lines.splitlines():
        _, name, coded = line.split(" ")
        signed = _bytes(coded)
        by = name, signed[:ID_BYTES].hex()
        if by in found or len(signed) <= ID_BYTES:
            raise NoteRefused("A signature under this checkpoint comes twice, or is empty.")
        found[by] = signed[ID_BYTES:]
    return found


def _is_right(public: bytes, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True


def receipt(*, body: str, index: int, path: Sequence[bytes], checkpoint: str) -> str:
    """Return the proof that an entry stands in the log, to be kept outside."""
    lines = [PROOF_HEAD, f"extra {_base64(body.encode())}", f"index {index}"]
    lines += [_base64(node) for node in path]
    return "\n".join(lines) + "\n\n" + checkpoint


def fingerprint_of(verifier: str) -> str:
    """Return the short name of a verifier key, as people compare it."""
    return _parts_of(verifier)[1]


def _parts_of(verifier: str) -> tuple[str, str, bytes]:
    name, identifier, coded = verifier.split("+", 2)
    return name, identifier, _bytes(coded)[1:]


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:ID_BYTES]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(text: str) -> bytes:
    try:
        found = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise NoteRefused("Part of this note is not base64.") from error
    if _base64(found) != text:
        raise NoteRefused("Part of this note is not the one base64 of its bytes.")
    return found
