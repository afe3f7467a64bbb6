"""Keep a log for tests: entries, documents, texts and keys, from FORMAT.md, sections 2 and 3.

Entries stay objects until a pack is made, so that a test can change any of them and everything
that follows from it (root, checkpoint, manifest) is still made to fit.
"""

import copy
import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.record_packs import canonical, keys, merkle
from tests.record_packs.canonical import Json
from tests.record_packs.keys import NoteKey
from tests.record_packs.passkeys import Ceremony

START = datetime(2026, 1, 5, 8, 0, 0, 123456, tzinfo=UTC)
Change = Callable[[Json], Any]


def unchanged(_what: Json) -> None:
    """Leave an object as it is."""


def digest(content: bytes) -> str:
    """Return SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def moment(at: datetime) -> str:
    """Return a moment as a pack writes it."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Signing:
    """What somebody signs and how; the changes are made before anything is hashed."""

    kind: str = "SIGNED"
    ceremony: Ceremony | None = None
    reason: str | None = None
    exhibit: Json = field(default_factory=lambda: {"of": 118, "runs": ["a", "b"]})
    delegation: Json | None = None
    signer: str = "Ana Gómez"
    write_exhibit: Callable[[Json], bytes] = canonical.write
    write_statement: Callable[[Json], bytes] = canonical.write
    change_statement: Change = unchanged
    change_assertion: Change = unchanged
    change_terms: Change = unchanged
    change_entry: Change = unchanged


class Log:
    """A log that grows, always the same for the same seed."""

    def __init__(self, seed: str = "log", *, host: str = "gate.example") -> None:
        """Start a log with entry 0."""
        self.chance = random.Random(seed)  # noqa: S311 - the same runs each time
        self.seed = seed
        self.project = self.uuid()
        self.client = self.uuid()
        self.partner = self.uuid()
        self.origin = f"{host}/p/{self.project}"
        self.names = {"project_name": "Ålesund ↑ 9.2", "client_name": "Fjord & Søn \U0001d538"}
        self.entries: list[Json] = []
        self.documents: dict[str, bytes] = {}
        self.texts: Json = {}
        self.keys: list[tuple[int, NoteKey]] = [(0, NoteKey(host, f"{seed} 0"))]
        self.sent: list[Json] = []
        self.sizes: set[int] = set()
        self.files: dict[str, bytes] = {}
        self.at = START
        started = {"client": self.client, "format": "readiness-record@1"}
        self.add("LOG_STARTED", terms=started | {"key": self.key.verifier}, by="SYSTEM")

    def copy(self) -> "Log":
        """Return a log that can be changed without changing this one."""
        other = copy.copy(self)
        for name in ("entries", "texts", "sent"):
            setattr(other, name, copy.deepcopy(getattr(self, name)))
        for name in ("documents", "files", "names", "keys", "sizes"):
            setattr(other, name, copy.copy(getattr(self, name)))
        other.chance = random.Random(f"copy of {self.seed}")  # noqa: S311 - the same each time
        return other

    @property
    def key(self) -> NoteKey:
        """Return the newest key."""
        return self.keys[-1][1]

    def uuid(self) -> str:
        """Return the next identifier."""
        text = f"{self.chance.getrandbits(128):032x}"
        return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])

    def nonce(self) -> str:
        """Return 16 random bytes in hexadecimal digits."""
        return f"{self.chance.getrandbits(128):032x}"

    def actor(self, by: str) -> Json:
        """Return somebody of a kind."""
        if by == "SYSTEM":
            return {"id": None, "kind": by, "organisation": None}
        organisation = self.client if by == "CLIENT" else self.partner
        return {"id": self.uuid(), "kind": by, "organisation": organisation}

    def subject(self, noun: str = "process") -> Json:
        """Return a row to speak about."""
        return {"id": self.uuid(), "noun": noun}

    def commit(self, text: str) -> str:
        """Keep a free text and return its commitment."""
        nonce = self.nonce()
        commitment = digest(bytes.fromhex(nonce) + text.encode())
        self.texts[commitment] = {"nonce": nonce, "text": text}
        return commitment

    def add(
        self,
        kind: str,
        *,
        terms: Json | None = None,
        by: str = "CLIENT",
        subject: Json | None = None,
        texts: dict[str, str] | None = None,
    ) -> Json:
        """Append an entry of any kind; texts are given as texts."""
        self.at += timedelta(microseconds=self.chance.randrange(3_000_000_000))
        entry: Json = {
            "version": 1,
            "origin": self.origin,
            "project": self.project,
            "seq": len(self.entries),
            "at": moment(self.at),
            "kind": kind,
            "actor": self.actor(by),
            "subject": subject,
            "terms": terms or {},
            "texts": {name: self.commit(text) for name, text in (texts or {}).items()},
            "nonce": self.nonce(),
        }
        self.entries.append(entry)
        return entry

    def rotate(self, name: str | None = None) -> NoteKey:
        """Let a new key follow."""
        new = NoteKey(name or self.key.name, f"{self.seed} {len(self.entries)}")
        self.add("KEY_ROTATED", terms={"key": new.verifier}, by="SYSTEM")
        self.keys.append((len(self.entries) - 1, new))
        return new

    def erase(self, commitment: str) -> None:
        """Forget a text and say so."""
        del self.texts[commitment]
        self.add("TEXT_ERASED", terms={"commitments": [commitment]}, by="SYSTEM")

    def document(self, content: bytes) -> str:
        """Keep a document and return its hash."""
        self.documents[digest(content)] = content
        return digest(content)

    def sign(self, signing: Signing | None = None, *, subject: Json | None = None) -> Json:
        """Append what somebody signs, refuses or withdraws."""
        signing = signing or Signing()
        texts = {} if signing.reason is None else {"reason": signing.reason}
        entry = self.add(signing.kind, subject=subject or self.subject(), texts=texts)
        statement = self._statement(entry, signing)
        signing.change_statement(statement)
        content = signing.write_statement(statement)
        signed = None if signing.ceremony is None else signing.ceremony.sign(content)
        if signed is not None:
            signing.change_assertion(signed)
        entry["terms"] = {
            "statement": self.document(content),
            "method": "PASSWORD_TOTP" if signed is None else "PASSKEY",
            "assertion": signed,
            "signer_name": signing.signer,
            "signer_organisation_name": self.names["client_name"],
            "reset_hours": None,
        }
        signing.change_terms(entry["terms"])
        signing.change_entry(entry)
        return entry

    def _statement(self, entry: Json, signing: Signing) -> Json:
        sentence = "I have seen the evidence and it meets what was agreed."
        return {
            "format": "readiness-statement@1",
            "act": entry["kind"],
            "kind": "PROCESS_EVIDENCE",
            "origin": self.origin,
            "project": self.project,
            "subject": dict(entry["subject"]),
            "title": "Order to cash — Zürich",
            "signer": {
                "id": entry["actor"]["id"],
                "name": signing.signer,
                "organisation": entry["actor"]["organisation"],
                "organisation_name": self.names["client_name"],
            },
            "meaning": {
                "key": "evidence",
                "language": "de",
                "sentence": sentence,
                "shown": "Ich habe die Nachweise gesehen.",
                "version": 1,
            },
            "authority": "Owner of the process since 2026-01-05",
            "delegation": signing.delegation,
            "reason": entry["texts"].get("reason"),
            "exhibit": self.document(signing.write_exhibit(signing.exhibit)),
            "zone": "Europe/Zurich",
            "challenge": self.nonce(),
        }

    def export(self, files: dict[str, bytes]) -> None:
        """Append the export that adds files to the pack."""
        named = [{"path": path, "sha256": digest(content)} for path, content in files.items()]
        self.add("EXPORTED", terms={"files": named})
        self.files |= files

    def bodies(self) -> list[bytes]:
        """Return the entries as they are stored."""
        return [canonical.write(entry) for entry in self.entries]

    def key_at(self, size: int) -> NoteKey:
        """Return the key in force at a size."""
        return [key for seq, key in self.keys if seq < size][-1]

    def checkpoint(self, size: int | None = None, *, bodies: list[bytes] | None = None) -> bytes:
        """Return the signed note over the first entries."""
        bodies = self.bodies() if bodies is None else bodies
        size = len(bodies) if size is None else size
        root = merkle.root([merkle.leaf(body) for body in bodies[:size]])
        text = keys.checkpoint_text(self.origin, size, root)
        return keys.note(text, self.key_at(size).line(text))

    def receipt(self, index: int, size: int | None = None) -> bytes:
        """Return the receipt of an entry under a checkpoint."""
        bodies = self.bodies()[:size]
        return keys.receipt(bodies, index, self.checkpoint(len(bodies)))
