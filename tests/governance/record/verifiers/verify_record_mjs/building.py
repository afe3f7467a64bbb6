"""Build small packs by the page of the format, good ones and ones with a single fault."""

import base64
import copy
import hashlib
import json
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PROJECT = "11111111-2222-4333-8444-555555555555"
CLIENT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
SIGNER = "99999999-8888-4777-8666-555555555555"
ORIGIN = f"gate.example.com/p/{PROJECT}"
MANIFEST = "manifest.json"
Json = dict[str, Any]


def sha(*parts: bytes) -> bytes:
    """Return SHA-256 over parts that stand after one another."""
    return hashlib.sha256(b"".join(parts)).digest()


def canonical(value: object) -> bytes:
    """Return canonical JSON; the keys of these tests are ASCII."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def root(leaves: list[bytes]) -> bytes:
    """Return the root over hashed leaves, by the recursion of RFC 6962."""
    if not leaves:
        return sha()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha(b"\x01", root(leaves[:split]), root(leaves[split:]))


def proof(leaves: list[bytes], index: int) -> list[bytes]:
    """Return the hashes that lead from a leaf to the root, the nearest first."""
    if len(leaves) < 2:
        return []
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    if index < split:
        return [*proof(leaves[:split], index), root(leaves[split:])]
    return [*proof(leaves[split:], index - split), root(leaves[:split])]


def b64(value: bytes) -> str:
    """Return base64, standard and padded."""
    return base64.b64encode(value).decode()


class Key:
    """A signing key with a name; `seed` is one number."""

    def __init__(self, seed: int = 1, name: str = "gate.example.com") -> None:
        self.private = Ed25519PrivateKey.from_private_bytes(seed.to_bytes(32, "big"))
        self.name = name
        public = b"\x01" + self.private.public_key().public_bytes_raw()
        self.identifier = sha(name.encode(), b"\n", public)[:4]
        self.text = f"{name}+{self.identifier.hex()}+{b64(public)}"

    def line(self, signed: bytes) -> str:
        """Return a signature line over the three lines of a checkpoint."""
        return f"— {self.name} {b64(self.identifier + self.private.sign(signed))}\n"


def moment(seq: int) -> str:
    """Return the moment of an entry: one second after the other."""
    return f"2026-11-23T14:{seq // 60:02}:{seq % 60:02}.000001Z"


@dataclass
class World:
    """A log in the making: change what it holds, then ask for its pack."""

    key: Key = field(default_factory=Key)
    entries: list[Json] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)
    documents: dict[str, bytes] = field(default_factory=dict)
    texts: Json = field(default_factory=dict)
    checkpoints: list[str] = field(default_factory=list)
    anchors: list[Json] = field(default_factory=list)
    extra: dict[str, bytes] = field(default_factory=dict)

    def add(self, kind: str, terms: Json | None = None, **changes: Any) -> Json:
        """Append an entry of the client and return it, to be changed."""
        seq = len(self.entries)
        entry: Json = {
            "version": 1,
            "origin": ORIGIN,
            "project": PROJECT,
            "seq": seq,
            "at": moment(seq),
            "kind": kind,
            "actor": {"id": SIGNER, "kind": "CLIENT", "organisation": CLIENT},
            "subject": {"id": PROJECT, "noun": "project"},
            "terms": terms or {},
            "texts": {},
            "nonce": sha(bytes([seq % 256])).hex()[:32],
            **changes,
        }
        self.entries.append(entry)
        return entry

    def start(self) -> "World":
        """Append entry 0."""
        terms = {"client": CLIENT, "format": "readiness-record@1", "key": self.key.text}
        self.add("LOG_STARTED", terms, actor=dict(SYSTEM), subject=None)
        return self

    def document(self, value: object) -> str:
        """Keep a document and return its hash."""
        body = value if isinstance(value, bytes) else canonical(value)
        self.documents[sha(body).hex()] = body
        return sha(body).hex()

    def text(self, text: str) -> str:
        """Keep a free text and return its commitment."""
        nonce = sha(text.encode())[:16]
        commitment = sha(nonce, text.encode()).hex()
        self.texts[commitment] = {"nonce": nonce.hex(), "text": text}
        return commitment

    def lines(self) -> list[bytes]:
        """Return the bodies of the entries."""
        return [self.bodies.get(i, canonical(entry)) for i, entry in enumerate(self.entries)]

    def leaves(self) -> list[bytes]:
        """Return the hashed leaves of the log."""
        return [sha(b"\x00", body) for body in self.lines()]

    def note(self, size: int | None = None, *, keys: tuple[Key, ...] = (), **changes: Any) -> str:
        """Return the checkpoint of a size; `origin`, `root` and `text_size` may be changed."""
        leaves = self.leaves()
        size = len(leaves) if size is None else size
        hashed = changes.get("root", b64(root(leaves[:size])))
        text = f"{changes.get('origin', ORIGIN)}\n{changes.get('text_size', size)}\n{hashed}\n"
        return text + "\n" + "".join(key.line(text.encode()) for key in keys or (self.key,))

    def receipt(self, index: int, size: int | None = None, **changes: Any) -> str:
        """Return the receipt of an entry; `body`, `place` and `proof` may be changed."""
        leaves = self.leaves()
        path = changes.get("proof", proof(leaves[: size or len(leaves)], index))
        head = [
            "c2sp.org/tlog-proof@v1",
            f"extra {b64(changes.get('body', self.lines()[index]))}",
            f"index {changes.get('place', index)}",
            *(b64(hashed) for hashed in path),
        ]
        return "\n".join(head) + "\n\n" + self.note(size)

    def members(self) -> dict[str, bytes]:
        """Return every member but the manifest."""
        documents = [self.documents[hashed] for hashed in sorted(self.documents)]
        return {
            "anchors.json": canonical(self.anchors),
            "checkpoint.txt": self.note().encode(),
            "checkpoints.json": canonical(self.checkpoints),
            "documents.jsonl": b"".join(body + b"\n" for body in documents),
            "entries.jsonl": b"".join(body + b"\n" for body in self.lines()),
            "texts.json": canonical(self.texts),
            **self.extra,
        }

    def manifest(self, members: Mapping[str, bytes], **changes: Any) -> Json:
        """Return the manifest of members."""
        return {
            "format": "readiness-record-pack@1",
            "origin": ORIGIN,
            "project": PROJECT,
            "client": CLIENT,
            "project_name": "Upgrade",
            "client_name": "Client",
            "size": len(self.entries),
            "root": root(self.leaves()).hex(),
            "files": [
                {"path": path, "sha256": sha(content).hex(), "size": len(content)}
                for path, content in sorted(members.items())
            ],
            **changes,
        }

    def pack(self, members: Mapping[str, bytes | None] | None = None, **manifest: Any) -> bytes:
        """Return the pack; `members` stand in for its own (`None`: left out)."""
        changed = {**self.members(), **(members or {})}
        kept = {path: content for path, content in sorted(changed.items()) if content is not None}
        if MANIFEST not in kept:
            kept[MANIFEST] = canonical(self.manifest(kept, **manifest))
        return zipped([(MANIFEST, kept.pop(MANIFEST)), *kept.items()])

    def copy(self) -> "World":
        """Return a world that can be changed without changing this one."""
        key, self.key = self.key, Key()
        other = copy.deepcopy({k: v for k, v in vars(self).items() if k != "key"})
        self.key = key
        return World(key=key, **other)


SYSTEM = {"id": None, "kind": "SYSTEM", "organisation": None}
COMMON = struct.Struct("<HHHHHIIIHH")
CENTRAL_TAIL = struct.Struct("<HHHII")


def zipped(members: list[tuple[str, bytes]], *, flags: int = 0, count: int | None = None) -> bytes:
    """Return a ZIP file in which nothing is compressed."""
    body, directory = bytearray(), bytearray()
    for path, content in members:
        size, crc, name = len(content), zlib.crc32(content), path.encode()
        common = COMMON.pack(20, flags, 0, 0, 0x21, crc, size, size, len(name), 0)
        directory += b"PK\1\2\x14\0" + common + CENTRAL_TAIL.pack(0, 0, 0, 0, len(body)) + name
        body += b"PK\3\4" + common + name + content
    count = len(members) if count is None else count
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)
