"""Who attacks, and how far each can make a pack fit again after changing a record."""

import base64
from collections.abc import Callable, Iterator

from tests.record_packs import attacks, canonical, keys, packs
from tests.record_packs.keys import NoteKey
from tests.record_packs.logs import Log
from tests.record_packs.packs import Stages

Packing = Callable[[Log, Log], Iterator[bytes]]
"""Make packs of a changed log, with the log as it was at hand."""

SQL = "who has SQL only"
DBA = "a DBA who recomputes hashes"
SERVER = "a DBA with the server's key"


def with_sql(changed: Log, was: Log) -> Iterator[bytes]:
    """Keep every checkpoint as it was; the manifest is the old one, or made anew."""
    size, bodies = len(changed.entries), changed.bodies()
    if bodies == was.bodies()[:size]:  # the tail is cut: an old checkpoint fits
        yield _cut(changed, was)
        return
    note = packs.always(was.checkpoint())
    root = was.checkpoint().decode().splitlines()[2]
    old = {"size": len(was.entries), "root": base64.b64decode(root).hex()}
    yield packs.make(changed, stages=Stages(checkpoint=note, manifest=lambda row: row | old))
    yield packs.make(changed, stages=Stages(checkpoint=note))


def recomputing(changed: Log, was: Log) -> Iterator[bytes]:
    """Compute every hash anew, and sign as somebody can who has not the server's key."""
    if changed.bodies() == was.bodies()[: len(changed.entries)]:
        yield _cut(changed, was)
        return
    text = changed.checkpoint().split(b"\n\n")[0] + b"\n"
    signed = was.checkpoint().split(b"\n\n")[1].decode()
    yield packs.make(changed, stages=Stages(checkpoint=packs.always(keys.note(text, signed))))
    own = NoteKey(was.key.name, "of the author")
    by_own = packs.always(keys.note(text, own.line(text)))
    yield packs.make(changed, stages=Stages(checkpoint=by_own))
    other = changed.copy()
    attacks.replace_key(other, other.chance)
    yield packs.make(other)


def with_key(changed: Log, was: Log) -> Iterator[bytes]:
    """Make everything fit, and sign it as the server would."""
    yield packs.make(changed)


def _cut(changed: Log, was: Log) -> bytes:
    """Return the pack that the server itself would have given at that size."""
    changed.keys = [(seq, key) for seq, key in was.keys if seq < len(changed.entries)]
    return packs.make(changed)


ATTACKERS: dict[str, Packing] = {SQL: with_sql, DBA: recomputing, SERVER: with_key}


def rekey(changed: Log, was: Log) -> None:
    """Find the keys again where entries have moved."""
    known = {key.verifier: key for _, key in [*was.keys, *changed.keys]}
    changed.keys = [
        (seq, known[entry["terms"]["key"]])
        for seq, entry in enumerate(changed.entries)
        if entry["kind"] in {"LOG_STARTED", "KEY_ROTATED"}
    ] or [(0, was.key)]


def says_the_same(changed: Log, was: Log) -> bool:
    """Tell whether an attack changed nothing that a pack holds."""
    same_entries = changed.bodies() == was.bodies()
    same_texts = canonical.write(changed.texts) == canonical.write(was.texts)
    return same_entries and same_texts and changed.documents == was.documents
