"""Check one log row by row against FORMAT.md: no table, no clock, nothing is repaired.

The forms of bodies, statements, notes and receipts are those of the offline verifier, so
that what freezes a gate here is what a pack is refused for. Signatures under notes are
checked by the library, because a log has one for each act of signing.
"""

import base64
import bisect
import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from governance.record.canonical import moment_of
from governance.record.merkle import grown, leaf_hash, root_of_frontier, verify_inclusion
from governance.record.verifiers.verify_record import (
    HASH,
    RANDOM,
    SIGNATURES,
    Anchor,
    Broken,
    Key,
    Log,
    Note,
    check_entry,
    fits,
    read_anchor,
    read_note,
)

MOST_FINDINGS = 20
KEPT_OUTSIDE = "what was kept outside"


@dataclass(frozen=True, slots=True)
class StoredText:
    """A free text of an entry as it is kept; erased, nonce and text are empty."""

    name: str
    commitment: str
    nonce: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """One row of the log: its body, and what the columns beside it say.

    `said` has the keys `kind`, `at`, `actor` and `subject` in the words of a body;
    `documents` are the statement and the exhibit where a signature hangs on the entry.
    """

    seq: int
    body: str
    leaf_hash: str
    said: dict[str, Any]
    texts: Sequence[StoredText] = ()
    documents: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredHead:
    """The end of the log as it is kept; `key_in_use` is what the key file holds."""

    size: int
    frontier: Sequence[str]
    key: str
    last_at: datetime | None
    key_in_use: str


@dataclass(slots=True)
class Findings:
    """What does not hold, in the order in which it was found; the first ones in words."""

    sentences: list[str] = field(default_factory=list)
    more: int = 0

    def add(self, sentence: str) -> None:
        """Take one up; after the first few they are only counted."""
        if len(self.sentences) < MOST_FINDINGS:
            self.sentences.append(sentence)
        else:
            self.more += 1

    @contextmanager
    def about(self, what: str) -> Iterator[None]:
        """Take up what breaks within, and say what it is about."""
        try:
            yield
        except Broken as broken:
            self.add(f"{what}: {broken}")

    def listed(self) -> list[str]:
        """Return every sentence."""
        return [*self.sentences, *([f"and {self.more} more"] if self.more else [])]


class LogExaminer:
    """Walk over one log from its first entry on, and remember what the rest is held against.

    `sizes` are those whose root is asked for later.
    """

    def __init__(self, *, origin: str, project: str, client: str, sizes: Collection[int]) -> None:
        """Start before the first entry."""
        self.findings = Findings()
        self.outside = Findings()
        self.is_torn = False
        self._client = client
        self._log = Log(origin, project, {})
        self._sizes = sizes
        self._frontier: list[bytes] = []
        self._gone: dict[str, int] = {}  # commitment -> the last entry whose text is erased

    @property
    def size(self) -> int:
        """Return how many entries were taken."""
        return self._log.tree.size

    def take(self, entry: StoredEntry) -> None:
        """Check the next entry; after a gap nothing more can be said about the tree."""
        if self.is_torn:
            return
        expected = self.size
        if entry.seq != expected:
            self.is_torn = True
            self.findings.add(f"entry {expected} is missing: the next one is {entry.seq}")
            return
        body = entry.body.encode()
        self._log.documents = {_hash(text): text.encode() for text in entry.documents}
        with self.findings.about(f"entry {entry.seq}"):
            self._check(entry, body)
        if self.size == expected:  # it is refused, and still a leaf
            self._log.tree.add(body)
        self._log.held.clear()
        self._frontier = grown(self._frontier, size=expected, leaf=leaf_hash(body))
        if self.size in self._sizes:
            self._log.roots[self.size] = root_of_frontier(self._frontier), self._log.at

    def look_at_checkpoint(self, *, size: int, root: str, note: str) -> None:
        """Check a checkpoint on record."""
        with self.findings.about(f"the checkpoint at {size}"):
            found = read_note(note)
            _need(found.size == size, f"its note says {found.size}")
            _need(found.root.hex() == root, "its note has another root than the row")
            self._check_note(found)

    def look_at_receipt(self, *, seq: int, body: str, receipt: str) -> None:
        """Check the receipt of a signature."""
        with self.findings.about(f"the receipt of entry {seq}"):
            self._check_receipt(read_anchor(receipt.encode()), seq=seq, body=body)

    def look_at_anchor(self, name: str, anchor: Anchor, *, body: str | None) -> None:
        """Check what was kept outside; `body` is that of the entry a receipt is for."""
        with self.outside.about(f"{KEPT_OUTSIDE} ({name})"):
            if not anchor.body:
                self._check_note(anchor.note)
                return
            _need(body is not None, f"there is no entry {anchor.index} here any more")
            self._check_receipt(anchor, seq=anchor.index, body=body or "")

    def look_at_end(self, head: StoredHead) -> None:
        """Check the end of the log, the key in use, and that every text gone was erased."""
        if self.is_torn:
            return
        peaks = [node.hex() for node in self._frontier]
        key = _verifier(self._log.keys[-1]) if self._log.keys else ""
        for holds, sentence in (
            (head.size == self.size, f"the end says {head.size} entries, there are {self.size}"),
            (list(head.frontier) == peaks, "the end is not that of the entries"),
            (head.key == key, "the end names another key than the entries"),
            (self._log.client == self._client or not self.size, "it is the log of another client"),
            (not self.size or head.key_in_use == key, "the key file is not the key in force"),
            (_told(head.last_at) == self._log.at, "the end has another moment than the last entry"),
        ):
            if not holds:
                self.findings.add(sentence)
        for commitment, seq in self._gone.items():
            if self._log.erased.get(commitment, -1) <= seq:
                self.findings.add(
                    f"a text of entry {seq} is gone, and no later entry says it was erased"
                )

    def moment_at(self, size: int) -> str:
        """Return the moment of the last entry that a size covers; empty where none was kept."""
        return self._log.roots.get(size, (b"", ""))[1]

    def _check(self, entry: StoredEntry, body: bytes) -> None:
        _need(leaf_hash(body).hex() == entry.leaf_hash, "its bytes are not those that were hashed")
        check_entry(self._log, body)
        told = self._log.last
        for key, value in entry.said.items():
            _need(told[key] == value, f"its row has another {key} than its body")
        kept = {text.name: text for text in entry.texts}
        _need(kept.keys() == told["texts"].keys(), "it has other texts than its body names")
        for name, text in kept.items():
            self._check_text(text, told["texts"][name], entry.seq)

    def _check_text(self, text: StoredText, commitment: str, seq: int) -> None:
        _need(text.commitment == commitment, f"its {text.name} is kept under another commitment")
        if not text.nonce and not text.text:
            self._gone[commitment] = seq
            return
        _need(fits(text.nonce, RANDOM) and fits(commitment, HASH), f"its {text.name} has no nonce")
        found = hashlib.sha256(bytes.fromhex(text.nonce) + text.text.encode()).hexdigest()
        _need(found == commitment, f"its {text.name} was changed")

    def _check_note(self, note: Note) -> None:
        log = self._log
        _need(note.origin == log.origin, "it is for another log")
        _need(
            note.size <= self.size or self.is_torn,
            f"it covers {note.size} entries, and there are {self.size}: the end was cut off",
        )
        _need(note.size in log.roots, f"the entries up to {note.size} could not be looked at")
        _need(log.roots[note.size][0] == note.root, "it has another root than the entries")
        place = bisect.bisect_left(log.since, note.size) - 1
        _need(place >= 0, "no key was in force")
        key = log.keys[place]
        signers = {line[:2] for line in note.lines}
        _need((key.name, key.identifier) in signers, "it is not signed by the key in force")
        for name, identifier, signature in note.lines:
            for public in log.publics.get((name, identifier), ()):
                _need(_signed(public, note.signed, signature), "its signature is wrong")

    def _check_receipt(self, receipt: Anchor, *, seq: int, body: str) -> None:
        _need(receipt.body == body.encode(), "it is for another body")
        _need(receipt.index == seq, f"it is for entry {receipt.index}")
        self._check_note(receipt.note)
        leads = verify_inclusion(
            leaf=leaf_hash(receipt.body),
            index=receipt.index,
            size=receipt.note.size,
            path=receipt.proof,
            root=receipt.note.root,
        )
        _need(leads, "its proof does not lead to the root")


def is_signature(kind: str) -> bool:
    """Say whether an entry of a kind has a statement, an exhibit and a receipt."""
    return kind in SIGNATURES


def outside_of(data: bytes) -> Anchor | None:
    """Return the checkpoint or receipt that a file holds; None where it is neither."""
    try:
        return read_anchor(data)
    except Broken:
        return None


def _need(holds: bool, reason: str) -> None:
    if not holds:
        raise Broken(reason)


def _signed(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _verifier(key: Key) -> str:
    coded = base64.b64encode(b"\x01" + key.public).decode()
    return f"{key.name}+{key.identifier.hex()}+{coded}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _told(moment: datetime | None) -> str:
    return moment_of(moment) if moment else ""
