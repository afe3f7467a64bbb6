"""Make keys of a log from seeds, sign notes and write receipts: FORMAT.md, section 5."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.record_packs import merkle

ED25519 = b"\x01"


def base64_of(content: bytes) -> str:
    """Return standard base64 with padding."""
    return base64.b64encode(content).decode()


@dataclass(frozen=True)
class NoteKey:
    """An Ed25519 key that signs notes under a name; the same for the same seed."""

    name: str
    seed: str

    @cached_property
    def private(self) -> Ed25519PrivateKey:
        """Return the private key."""
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.seed.encode()).digest())

    @cached_property
    def public(self) -> bytes:
        """Return the 32 bytes of the public key."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.Raw, serialization.PublicFormat.Raw
        )

    @cached_property
    def identifier(self) -> bytes:
        """Return the four bytes that name the key."""
        named = self.name.encode() + b"\n" + ED25519 + self.public
        return hashlib.sha256(named).digest()[:4]

    @cached_property
    def verifier(self) -> str:
        """Return the verifier key."""
        return f"{self.name}+{self.identifier.hex()}+{base64_of(ED25519 + self.public)}"

    def line(self, text: bytes) -> str:
        """Return the line that signs a text."""
        return signature_line(self.name, self.identifier, self.private.sign(text))


def signature_line(name: str, identifier: bytes, signature: bytes) -> str:
    """Return a signature line, right or wrong."""
    return f"— {name} {base64_of(identifier + signature)}\n"


def checkpoint_text(origin: str, size: int, root: bytes) -> bytes:
    """Return the three lines that are signed."""
    return f"{origin}\n{size}\n{base64_of(root)}\n".encode()


def note(text: bytes, *lines: str) -> bytes:
    """Return a text with signature lines below it."""
    return text + b"\n" + "".join(lines).encode()


def receipt(bodies: list[bytes], index: int, checkpoint: bytes) -> bytes:
    """Return the proof that the body at an index stands below a checkpoint."""
    path = merkle.inclusion([merkle.leaf(body) for body in bodies], index)
    return receipt_of(bodies[index], index, path, checkpoint)


def receipt_of(body: bytes, index: int, path: list[bytes], checkpoint: bytes) -> bytes:
    """Return a receipt that says these things, right or wrong."""
    hashes = "".join(f"{base64_of(step)}\n" for step in path)
    head = f"c2sp.org/tlog-proof@v1\nextra {base64_of(body)}\nindex {index}\n{hashes}\n"
    return head.encode() + checkpoint
