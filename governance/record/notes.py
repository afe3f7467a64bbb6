"""Checkpoints as C2SP signed notes, and receipts as C2SP tlog-proofs.

Sources: C2SP signed-note, tlog-checkpoint, tlog-proof; what of them is used here stands in
FORMAT.md, section 5. Keys are Ed25519.
"""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ALGORITHM = b"\x01"
DASH = "—"
PROOF_HEAD = "c2sp.org/tlog-proof@v1"
ID_BYTES = 4


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


def receipt(*, body: str, index: int, path: Sequence[bytes], checkpoint: str) -> str:
    """Return the proof that an entry stands in the log, to be kept outside."""
    lines = [PROOF_HEAD, f"extra {_base64(body.encode())}", f"index {index}"]
    lines += [_base64(node) for node in path]
    return "\n".join(lines) + "\n\n" + checkpoint


def fingerprint_of(verifier: str) -> str:
    """Return the short name of a verifier key, as people compare it."""
    return verifier.split("+", 2)[1]


def _key_id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ALGORITHM + public).digest()[:ID_BYTES]


def _base64(value: bytes) -> str:
    return base64.b64encode(value).decode()
