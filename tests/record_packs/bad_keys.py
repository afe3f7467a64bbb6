"""Keys of a log that no log may have, with notes that they sign: FORMAT.md, section 5."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.record_packs import cases, keys, packs, small_order, worlds
from tests.record_packs.cases import Case
from tests.record_packs.keys import ED25519, NoteKey, base64_of, signature_line
from tests.record_packs.packs import Stages


def _small_order() -> Iterator[Case]:
    for key in small_order.KEYS:
        log = worlds.plain(2)
        public = bytes.fromhex(key)
        name = log.key.name
        identifier = hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:4]
        verifier = f"{name}+{identifier.hex()}+{base64_of(ED25519 + public)}"
        log.entries[0]["terms"]["key"] = verifier
        text = log.checkpoint().split(b"\n\n")[0] + b"\n"
        forged = signature_line(name, identifier, small_order.forged(public, text))
        note = keys.note(text, forged)
        stages = Stages(checkpoint=packs.always(note))
        yield cases.bad(
            f"checkpoint: a key of small order, {key[:4]}…{key[-2:]}", log, stages=stages
        )


@dataclass(frozen=True)
class OddKey(NoteKey):
    """A key that names itself wrongly wherever it is named."""

    algorithm: bytes = ED25519
    is_misnamed: bool = False

    @cached_property
    def identifier(self) -> bytes:
        """Return four bytes that name the key, or that do not."""
        named = self.name.encode() + b"\n" + self.algorithm + self.public
        return hashlib.sha256(named + b"odd" * self.is_misnamed).digest()[:4]

    @cached_property
    def verifier(self) -> str:
        """Return the verifier key that goes with it."""
        coded = base64_of(self.algorithm + self.public)
        return f"{self.name}+{self.identifier.hex()}+{coded}"


def _odd_keys() -> Iterator[Case]:
    for name, key in {
        "an identifier of another key": OddKey("gate.example", "odd", is_misnamed=True),
        "another algorithm, said everywhere": OddKey("gate.example", "odd", algorithm=b"\2"),
    }.items():
        log = worlds.plain(3)
        log.keys = [(0, key)]
        log.entries[0]["terms"]["key"] = key.verifier
        yield cases.bad(f"checkpoint: {name}", log)


def bad_cases() -> Iterator[Case]:
    """Yield packs whose one key anybody could sign with, or that names itself wrongly."""
    yield from _small_order()
    yield from _odd_keys()


def good_cases() -> Iterator[Case]:
    """Yield packs with keys of many names and identifiers."""
    for number in range(8):
        log = worlds.plain(2)
        log.keys = [(0, NoteKey(f"key-{number}.example", f"key {number}"))]
        log.entries[0]["terms"]["key"] = log.key.verifier
        yield cases.good(f"key: {log.key.verifier}", log)
