"""The product writes what the page says that a pack is: held against what tests write from it."""

import json
import random

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from governance.record import canonical as ours
from governance.record import notes
from reports.exports.archives import archive_of
from tests.record_packs import bad_json, canonical, keys, merkle, packs, worlds
from tests.record_packs.keys import NoteKey
from tests.record_packs.logs import digest

LETTERS = 'aZ09 "\\/\b\n\x00\x1f\x7f\x80é€ﬀ😀\U0010ffff\u2028\ud7ff\ue000'


def _value(chance: random.Random, left: int = 4) -> object:
    kind = chance.randrange(7 if left else 5)
    text = "".join(chance.choices(LETTERS, k=chance.randrange(6)))
    plain: list[object] = [None, chance.random() < 0.5, chance.randrange(-(2**53) + 1, 2**53), text]
    if kind < 5:
        return plain[kind % 4]
    if kind == 5:
        return [_value(chance, left - 1) for _ in range(chance.randrange(4))]
    names = ["".join(chance.choices(LETTERS, k=3)) for _ in range(chance.randrange(6))]
    return {name: _value(chance, left - 1) for name in names}


def test_canonical_json_is_the_same() -> None:
    for number in range(2000):
        value = _value(random.Random(number))  # noqa: S311 - the same each time
        assert ours.canonical(value).encode() == canonical.write(value)
        assert ours.sha256_of(ours.canonical(value)) == digest(canonical.write(value))


def test_what_is_right_at_the_limits_is_written_so() -> None:
    for name, fragment in bad_json.RIGHT_VALUES.items():
        value = json.loads(fragment)
        assert ours.canonical(value).encode() == fragment, name


def test_an_archive_is_the_same_byte_for_byte() -> None:
    log = worlds.whole()
    members = {"entries.jsonl": b"{}\n", "a/B.pdf": b"", "a.b": bytes(range(256)), **log.files}
    ordered = packs.archive(b"{}", members).write()
    assert archive_of(members | {"manifest.json": b"{}"}, first="manifest.json") == ordered


def test_notes_and_receipts_are_the_same_byte_for_byte() -> None:
    log = worlds.mixed(9, seed="product")
    bodies = log.bodies()
    hashes = [merkle.leaf(body) for body in bodies]
    signer = notes.NoteSigner(log.key.name, log.key.private)
    assert signer.verifier == log.key.verifier
    head = notes.Head(log.origin, len(bodies), merkle.root(hashes))
    note = notes.signed_note(head, [signer])
    assert note.encode() == log.checkpoint()
    for index, body in enumerate(bodies):
        path = merkle.inclusion(hashes, index)
        receipt = notes.receipt(body=body.decode(), index=index, path=path, checkpoint=note)
        assert receipt.encode() == log.receipt(index)
        assert receipt.encode() == keys.receipt(bodies, index, note.encode())


def test_a_key_of_many_has_the_identifier_that_its_name_gives() -> None:
    for number in range(50):
        key = NoteKey(f"gate-{number}.example", f"{number}")
        private = Ed25519PrivateKey.from_private_bytes(key.private.private_bytes_raw())
        assert notes.NoteSigner(key.name, private).verifier == key.verifier
        assert notes.fingerprint_of(key.verifier) == key.identifier.hex()
