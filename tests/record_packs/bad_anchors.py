"""Anchors, receipts and pins, right and wrong, beside one good pack: FORMAT.md, section 7."""

from collections.abc import Callable, Iterator

from tests.record_packs import cases, keys, merkle, packs, worlds
from tests.record_packs.cases import Case
from tests.record_packs.keys import NoteKey, base64_of
from tests.record_packs.logs import Log

SIZE = 13
Receipt = Callable[[list[bytes], bytes], bytes]
"""Write a receipt of entry 5 from the bodies and a checkpoint over them."""
INDEX = 5


def _right(bodies: list[bytes], note: bytes) -> bytes:
    return keys.receipt(bodies, INDEX, note)


def _path(bodies: list[bytes]) -> list[bytes]:
    return merkle.inclusion([merkle.leaf(body) for body in bodies], INDEX)


def _with_path(change: Callable[[list[bytes]], list[bytes]]) -> Receipt:
    return lambda bodies, note: keys.receipt_of(bodies[INDEX], INDEX, change(_path(bodies)), note)


def _at(index: int) -> Receipt:
    return lambda bodies, note: keys.receipt_of(bodies[INDEX], index, _path(bodies), note)


def _bytes(change: Callable[[bytes], bytes]) -> Receipt:
    return lambda bodies, note: change(_right(bodies, note))


def _lines(change: Callable[[list[bytes]], object]) -> Receipt:
    def changed(receipt: bytes) -> bytes:
        lines = receipt.splitlines(keepends=True)
        change(lines)
        return b"".join(lines)

    return _bytes(changed)


def _of_another(bodies: list[bytes], note: bytes) -> bytes:
    return keys.receipt_of(bodies[INDEX + 1], INDEX, _path(bodies), note)


def _unused_bits(lines: list[bytes]) -> None:
    """Set the bits of a hash's base64 that do not count."""
    assert lines[3].endswith(b"=\n")
    at = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".index(lines[3][-3])
    more = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[at + 1 : at + 2]
    lines[3] = lines[3][:-3] + more + b"=\n"


RECEIPTS: dict[str, Receipt] = {
    "the body of another entry": _of_another,
    "a body with a space": lambda b, n: keys.receipt_of(b[INDEX] + b" ", INDEX, _path(b), n),
    "an empty body": lambda b, n: keys.receipt_of(b"", INDEX, _path(b), n),
    **{
        f"index {index}": _at(index)
        for index in (0, 4, 6, SIZE - 1, SIZE, INDEX + 16, 2**53, 2**64)
    },
    "a step gone": _with_path(lambda path: path[1:]),
    "the last step gone": _with_path(lambda path: path[:-1]),
    "a step too many": _with_path(lambda path: [*path, bytes(32)]),
    "a step too many first": _with_path(lambda path: [bytes(32), *path]),
    "a step twice": _with_path(lambda path: [path[0], *path]),
    "two steps swapped": _with_path(lambda path: [path[1], path[0], *path[2:]]),
    "steps the other way round": _with_path(lambda path: path[::-1]),
    "no steps": _with_path(lambda _path: []),
    "65 steps": _with_path(lambda path: path * 20),
    "a step of 31 bytes": _with_path(lambda path: [path[0][:-1], *path[1:]]),
    "a step of 33 bytes": _with_path(lambda path: [path[0] + b"\0", *path[1:]]),
    "another step": _with_path(lambda path: [bytes(32), *path[1:]]),
    "another version": _bytes(lambda receipt: receipt.replace(b"@v1", b"@v2", 1)),
    "no first line": _lines(lambda lines: lines.pop(0)),
    "no extra": _lines(lambda lines: lines.pop(1)),
    "no index": _lines(lambda lines: lines.pop(2)),
    "extra after index": _lines(lambda lines: lines.insert(2, lines.pop(1))),
    "extra twice": _lines(lambda lines: lines.insert(1, lines[1])),
    "index twice": _lines(lambda lines: lines.insert(2, lines[2])),
    "an index with a nought before it": _bytes(lambda r: r.replace(b"index 5", b"index 05")),
    "an index with a plus": _bytes(lambda r: r.replace(b"index 5", b"index +5")),
    "an index with two spaces": _bytes(lambda r: r.replace(b"index 5", b"index  5")),
    "an index below nought": _bytes(lambda r: r.replace(b"index 5", b"index -5")),
    "an index that is no number": _bytes(lambda r: r.replace(b"index 5", b"index x")),
    "an index of 5,000 digits": _bytes(lambda r: r.replace(b"index 5", b"index " + b"5" * 5000)),
    "unused bits in base64": _lines(_unused_bits),
    "no empty line": _bytes(lambda receipt: receipt.replace(b"\n\n", b"\n", 1)),
    "two empty lines": _bytes(lambda receipt: receipt.replace(b"\n\n", b"\n\n\n", 1)),
    "carriage returns": _bytes(lambda receipt: receipt.replace(b"\n", b"\r\n")),
    "a space after a line": _lines(lambda lines: lines.__setitem__(2, b"index 5 \n")),
    "no checkpoint": _bytes(lambda receipt: receipt.split(b"\n\n")[0] + b"\n\n"),
    "cut in the middle": _bytes(lambda receipt: receipt[:300]),
    "a line feed too many": _bytes(lambda receipt: receipt + b"\n"),
    "a line feed before it": _bytes(lambda receipt: b"\n" + receipt),
    "a byte order mark": _bytes(lambda receipt: b"\xef\xbb\xbf" + receipt),
    "twice": _bytes(lambda receipt: receipt * 2),
}


def _base() -> Log:
    return worlds.mixed(SIZE, seed="anchors")


def _edited(log: Log, at: int) -> bytes:
    """Return the pack after an entry was edited and everything was signed again."""
    log.entries[at]["nonce"] = "ab" * 16
    return packs.make(log)


def _receipts() -> Iterator[Case]:
    log = _base()
    pack = packs.make(log)
    for size in (SIZE, 9):
        bodies = log.bodies()[:size]
        for name, write in RECEIPTS.items():
            receipt = write(bodies, log.checkpoint(size))
            yield Case(f"receipt at {size}: {name}", pack, anchors=(receipt,))
        tall = keys.receipt(bodies, INDEX, log.checkpoint(size - 1))
        yield Case(f"receipt at {size}: a smaller checkpoint", pack, anchors=(tall,))


def _others() -> Iterator[tuple[str, tuple[bytes, ...]]]:
    log, other = _base(), worlds.mixed(SIZE, seed="another project")
    longer = worlds.mixed(SIZE + 1, seed="anchors")
    right = log.checkpoint()
    yield "of another project", (other.checkpoint(),)
    yield "a receipt of another project", (other.receipt(3),)
    yield "of a size above", (longer.checkpoint(),)
    yield "a receipt of a size above", (longer.receipt(3),)
    yield "a receipt of an entry above", (longer.receipt(SIZE),)
    yield "no bytes", (b"",)
    yield "text", (b"VALID\n",)
    yield "a pack", (packs.make(log),)
    yield "a checkpoint in JSON", (b'{"size":13}',)
    yield "a right one and a wrong one", (right, other.checkpoint())
    yield "a wrong one and a right one", (other.checkpoint(), right)
    yield "of more than 4 MiB", (right + f"— a {base64_of(bytes(4 << 20))}\n".encode(),)
    yield "a mail around it", (b"Subject: checkpoint\n\n" + right,)
    log.entries[4]["nonce"] = "ab" * 16
    yield "of another root", (log.checkpoint(),)
    yield "of another root earlier", (log.checkpoint(6),)
    yield "of another root beside a right one", (right, log.checkpoint(6))
    yield "a receipt under another root", (log.receipt(2),)
    yield "a receipt of an entry that changed", (log.receipt(4),)


def _pins(log: Log) -> Iterator[tuple[str, tuple[str, ...]]]:
    key = log.key.verifier
    name, identifier, coded = key.split("+", 2)
    yield "another key", (NoteKey(name, "another").verifier,)
    yield "the first key, after a rotation", (log.keys[0][1].verifier,)
    yield "another name", (NoteKey("other.example", log.key.seed).verifier,)
    yield "empty", ("",)
    yield "a space after it", (f"{key} ",)
    yield "no name", (f"{identifier}+{coded}",)
    yield "the bytes alone", (base64_of(log.key.public),)
    yield "a right one and one that is none", (key, "key")


def bad_cases() -> Iterator[Case]:
    """Yield a good pack with something outside that does not fit."""
    yield from _receipts()
    pack = packs.make(_base())
    for name, anchors in _others():
        yield Case(f"anchor: {name}", pack, anchors=anchors)
    for name, pins in _pins(_base()):
        anchors = (_base().checkpoint(),)
        yield Case(f"pin: {name}", pack, anchors=anchors, pins=pins)
        yield Case(f"pin alone: {name}", pack, pins=pins)
    for at in range(SIZE):
        edited = _edited(_base(), at) if _base().entries[at]["kind"] != "EXPORTED" else None
        if edited:
            yield Case(f"edited at {at}, checkpoint kept", edited, anchors=(_base().checkpoint(),))
            yield Case(f"edited at {at}, receipt kept", edited, anchors=(_base().receipt(at),))


def good_cases() -> Iterator[Case]:
    """Yield a good pack with everything outside that fits."""
    log = _base()
    pack = packs.make(log)
    key, another = log.key.verifier, NoteKey("x", "another").verifier
    for size in range(1, SIZE + 1):
        verdict = cases.expected(log, size)
        yield Case(f"anchored at {size}", pack, *verdict, anchors=(log.checkpoint(size),))
        for index in {0, size // 2, size - 1}:
            receipt = log.receipt(index, size)
            yield Case(f"receipt of {index} at {size}", pack, *verdict, anchors=(receipt,))
        both = (log.checkpoint(size), log.checkpoint(1), log.checkpoint(size))
        yield Case(f"anchored at {size} and 1", pack, *verdict, anchors=both, pins=(key,))
    whole = (log.checkpoint(),)
    yield Case("the key pinned", pack, *cases.expected(log, SIZE), anchors=whole, pins=(key,))
    yield Case("the key pinned alone", pack, *cases.expected(log, 0), pins=(another, key))
