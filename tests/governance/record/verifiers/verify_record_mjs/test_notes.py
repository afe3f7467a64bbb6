"""Sections 5 and 7 of the format: checkpoints, receipts, keys, and what they prove."""

import base64
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import (
    CLIENT,
    ORIGIN,
    PROJECT,
    Json,
    Key,
    World,
    b64,
    moment,
    sha,
)
from tests.governance.record.verifiers.verify_record_mjs.calling import Case, Cases

CASES = Cases()
GOOD = ("good", "valid", "since")
OLD, NEW, FOREIGN = Key(1), Key(2), Key(3)
ORDER = 2**252 + 27742317777372353535851937790883648493


def _world(entries: int = 5) -> World:
    world = World().start()
    while len(world.entries) < entries:
        world.add("DATE_MOVED")
    return world


def _rotated() -> World:
    """Return a log of seven entries whose entry 3 names another key."""
    world = _world(3)
    world.checkpoints = [world.note(2), world.note(3)]
    world.add("KEY_ROTATED", {"key": NEW.text})
    world.key = NEW
    for _ in range(3):
        world.add("DATE_MOVED")
    world.checkpoints += [world.note(4), world.note(7)]
    return world


def _anchored(*anchors: str | bytes, pins: tuple[str, ...] = (), reason: str = "") -> Case:
    kept = tuple(a.encode() if isinstance(a, str) else a for a in anchors)
    return Case(_world().pack(), reason, kept, pins)


W = _world()
CASES.add("good_without_anchors", _anchored)
CASES.add("valid_checkpoint", lambda: _anchored(W.note()))
CASES.add("valid_among_others", lambda: _anchored(W.note(2), W.note(), W.receipt(1, 3)))
for index in range(5):
    CASES.add(f"valid_receipt_{index}", partial(_anchored, W.receipt(index)))
for size in range(1, 5):
    for index in range(size):
        name = f"since_{size}_by_receipt_{index}"
        CASES.add(name, partial(_anchored, W.receipt(index, size)))
    CASES.add(f"since_{size}", partial(_anchored, W.note(size), W.note(1)))
CASES.add("valid_foreign_line", lambda: _anchored(W.note(keys=(FOREIGN, OLD))))
CASES.add("valid_sixteen", lambda: _anchored(W.note(keys=tuple(Key(i) for i in range(1, 17)))))

SIGNED, EMPTY, LINE = W.note().partition("\n\n")
ORIGIN_LINE, SIZE, ROOT = SIGNED.split("\n")
_, NAME, ENCODED = LINE.rstrip("\n").split(" ")
RAW = base64.b64decode(ENCODED)


def _note(text: str, key: Key = OLD) -> str:
    """Return lines with a right signature over them."""
    return f"{text}\n{key.line(text.encode())}"


def _line(raw: bytes, name: str = NAME) -> str:
    return f"{SIGNED}\n\n— {name} {b64(raw)}\n"


S = int.from_bytes(RAW[36:], "little")
NOTES: dict[str, tuple[str | bytes, str]] = {
    "empty": ("", "not three lines"),
    "no_newline": (W.note()[:-1], "not three lines"),
    "more_after": (W.note() + "\n", "not in its form"),
    "return": (W.note().replace("\n", "\r\n"), "anchor 1: "),
    "mark": (b"\xef\xbb\xbf" + W.note().encode(), "not UTF-8"),
    "latin": (W.note().encode().replace(b"\xe2\x80\x94", b"\x97"), "not UTF-8"),
    "hyphen": (W.note().replace("—", "-"), "not in its form"),
    "space": (W.note().replace("— ", "—  "), "not in its form"),
    "tail": (W.note()[:-1] + " \n", "base64"),
    "four_lines": (_note(f"{SIGNED}\nmore\n"), "not three lines"),
    "two_lines": (_note(f"{ORIGIN_LINE}\n{SIZE}\n"), "not three lines"),
    "no_signature": (f"{SIGNED}\n\n", "not three lines"),
    "seventeen": (W.note(keys=tuple(Key(i) for i in range(1, 18))), "not three lines"),
    "twice": (W.note() + LINE, "come twice"),
    "foreign_twice": (W.note(keys=(OLD, FOREIGN, FOREIGN)), "come twice"),
    "foreign_alone": (W.note(keys=(FOREIGN,)), "not signed by the key in force"),
    "name": (_line(RAW, "other"), "not signed by the key in force"),
    "identifier": (_line(b"\0" + RAW[1:]), "not signed by the key in force"),
    "no_bytes": (_line(RAW[:4]), "without a signature"),
    "short": (_line(RAW[:-1]), "signed wrongly"),
    "long": (_line(RAW + b"\0"), "signed wrongly"),
    "flipped": (_line(RAW[:-1] + bytes([RAW[-1] ^ 1])), "signed wrongly"),
    "larger_s": (_line(RAW[:36] + (S + ORDER).to_bytes(32, "little")), "signed wrongly"),
    "plus": (_line(RAW, "a+b"), "not in its form"),
    "white": (_line(RAW, "a\u00a0b"), "not in its form"),
    "unpadded": (f"{SIGNED}\n\n— {NAME} {ENCODED.rstrip('=')}\n", "base64"),
    "url": (f"{SIGNED}\n\n— {NAME} {b64(b'ab' + RAW[:60]).replace('/', '_')}-\n", "base64"),
    "size_0": (W.note(0), "size of at least 1"),
    "zero_first": (W.note(text_size="05"), "size of at least 1"),
    "plus_size": (W.note(text_size="+5"), "size of at least 1"),
    "above": (W.note(text_size=6), "the end was cut off"),
    "far_above": (W.note(text_size=10**30), "the end was cut off"),
    "other_root": (W.note(root=b64(sha())), "another root than the log has at 5"),
    "older_root": (W.note(text_size=4), "another root than the log has at 4"),
    "short_root": (W.note(root=b64(sha()[:31])), "not 32 bytes"),
    "hex_root": (W.note(root=sha().hex()), "not 32 bytes"),
    "other_log": (W.note(origin=f"other.example.com/p/{PROJECT}"), "for another log"),
    "no_origin": (W.note(origin=""), "for another log"),
}
for name, (text, words) in NOTES.items():
    CASES.add(f"note_{name}", partial(_anchored, text, reason=words))

HEAD, _, _ = W.receipt(1).partition("\n\n")
RECEIPTS: dict[str, tuple[str, str]] = {
    "other_body": (W.receipt(1, body=W.lines()[2]), "not the receipt of entry 1"),
    "other_index": (W.receipt(1, place=2), "not the receipt of entry 2"),
    "index_above": (W.receipt(1, place=5), "does not cover"),
    "index_zero_first": (W.receipt(1, place="01"), "not in its form"),
    "index_negative": (W.receipt(1, place=-1), "not in its form"),
    "no_proof": (W.receipt(1, proof=[]), "does not lead to the root"),
    "short_proof": (W.receipt(1, proof=[sha()]), "does not lead to the root"),
    "long_proof": (W.receipt(1, proof=[sha()] * 63), "does not lead to the root"),
    "longer_proof": (W.receipt(1, proof=[sha()] * 64), "not of hashes"),
    "small_hash": (W.receipt(1, proof=[b"x"]), "not of hashes"),
    "above": (W.receipt(1).replace("\n5\n", "\n6\n"), "the end was cut off"),
    "unsigned": (W.receipt(1).replace(LINE, ""), "not three lines"),
    "no_extra": (W.receipt(1).replace("extra ", "", 1), "not in its form"),
    "extra_twice": (W.receipt(1).replace("\nindex", "\nextra AA==\nindex", 1), "not in its form"),
    "version": (W.receipt(1).replace("@v1", "@v2"), "not three lines"),
    "return": (W.receipt(1).replace("\n", "\r\n"), "anchor 1: "),
    "alone": (HEAD + "\n", "anchor 1: "),
    "text_before": ("Dear client\n" + W.receipt(1), "not three lines"),
}
for name, (text, words) in RECEIPTS.items():
    CASES.add(f"receipt_{name}", partial(_anchored, text, reason=words))
CASES.add("anchor_too_long", lambda: _anchored("x" * (2**22 + 1), reason="more than 4 MiB"))
CASES.add("one_wrong_of_two", lambda: _anchored(W.note(), W.note(text_size=6), reason="anchor 2"))

CASES.add("good_pin", lambda: _anchored(pins=(OLD.text,)))
CASES.add("good_pins", lambda: _anchored(pins=(FOREIGN.text, OLD.text)))
CASES.add("pin_other", lambda: _anchored(pins=(FOREIGN.text,), reason="none of those known"))
CASES.add("pin_form", lambda: _anchored(pins=("x", OLD.text), reason="form of a verifier key"))


def _turn(change: Callable[[World], Any], reason: str = "", **kept: Any) -> Callable[[], Case]:
    def make() -> Case:
        world = _rotated()
        change(world)
        return Case(world.pack(), reason, **kept)

    return make


R = _rotated()


def _at(index: int, text: str) -> Callable[[World], Any]:
    return lambda world: world.checkpoints.__setitem__(index, text)


CASES.add("good_rotated", _turn(lambda world: None))
CASES.add("good_pin_rotated", _turn(lambda world: None, pins=(NEW.text,)))
CASES.add("pin_rotated_away", _turn(lambda world: None, "none of those", pins=(OLD.text,)))
CASES.add("good_no_checkpoints", _turn(lambda world: world.checkpoints.clear()))
CASES.add("good_both_keys", _turn(_at(1, R.note(3, keys=(NEW, OLD)))))
CASES.add("old_key_after", _turn(_at(2, R.note(4, keys=(OLD,))), "checkpoint 2: not signed by"))
CASES.add("new_key_before", _turn(_at(1, R.note(3, keys=(NEW,))), "checkpoint 1: not signed by"))
WRONG = OLD.line(b"something else")
CASES.add("other_key_wrong", _turn(_at(3, R.note(7) + WRONG), "checkpoint 3: signed wrongly"))
CASES.add("later_key_wrong", _turn(_at(0, R.note(2, keys=(OLD,)) + NEW.line(b"x")), "wrongly"))
CASES.add("not_by_size", _turn(lambda world: world.checkpoints.reverse(), "not sorted by size"))
CASES.add("size_twice", _turn(lambda w: w.checkpoints.insert(0, w.checkpoints[0]), "comes twice"))
CASES.add("record_root", _turn(_at(0, R.note(2, root=b64(sha()), keys=(OLD,))), "another root"))
CASES.add("record_above", _turn(lambda w: w.checkpoints.append(w.note(text_size=8)), "cut off"))
CASES.add("record_form", _turn(_at(0, "x"), "checkpoint 0: not three lines"))
CASES.add("other_bytes", _turn(_at(3, R.note(7, keys=(NEW, OLD))), "not the one in checkpoint.txt"))
CASES.add("number", _turn(lambda w: w.checkpoints.append(7), "not an array of checkpoints"))  # type: ignore[arg-type]

SENT = {"at": moment(1), "kind": "MAIL", "size": 7, "to": CLIENT}


def _sending(sent: Json) -> Callable[[World], Any]:
    return lambda world: world.anchors.append(sent)


CASES.add("good_sent", _turn(_sending(SENT)))
MORE: list[Json] = [{"at": "x"}, {"kind": 1}, {"size": 0}, {"size": 8}, {"to": None}, {"x": 1}]
for i, more in enumerate(MORE):
    sent = {**SENT, **more}
    CASES.add(f"sent_{i}", _turn(_sending(sent), "anchors.json: not in its form"))


@CASES
def good_rotated_to_the_same_key() -> Case:
    """Verify a log that names its key once more."""
    world = _world(2)
    world.add("KEY_ROTATED", {"key": OLD.text})
    return Case(world.pack())


@CASES
def two_keys_of_one_name_and_identifier() -> Case:
    """Refuse a line that is right by one of two keys that it names."""
    one, other = Key(9953), Key(44776)
    assert one.identifier == other.identifier
    world = World(key=one).start()
    world.add("KEY_ROTATED", {"key": other.text})
    world.key = other
    return Case(world.pack(), "checkpoint.txt: signed wrongly")


@CASES
def small_order_key() -> Case:
    """Refuse a log whose key signs everything."""
    world = _world()
    public = b"\x01" + (1).to_bytes(32, "little")
    identifier = sha(b"x\n", public)[:4]
    world.add("KEY_ROTATED", {"key": f"x+{identifier.hex()}+{b64(public)}"})
    raw = identifier + public[1:] + bytes(32)
    note = f"{ORIGIN}\n6\n{world.note().split()[2]}\n\n— x {b64(raw)}\n"
    return Case(world.pack({"checkpoint.txt": note.encode()}), "checkpoint.txt: signed wrongly")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Case, Json]]:
    """Verify every case of this file at one go."""
    return CASES.judged(tmp_path_factory.mktemp("packs"))


@pytest.mark.parametrize("name", CASES.makers)
def test_case(judged: dict[str, tuple[Case, Json]], name: str) -> None:
    case, said = judged[name]
    word, _, rest = name.partition("_")
    expected = {"good": "NOT_ANCHORED", "valid": "VALID", "since": "NOT_ANCHORED"}
    assert said["verdict"] == expected.get(word, "INVALID"), said
    assert case.reason in said["reason"]
    assert "cannot be read" not in said["reason"]
    since = {"good": "THE START", "since": moment(int(rest[:1]) - 1) if word == "since" else ""}
    assert said["since"] == since.get(word)
