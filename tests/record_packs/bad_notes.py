"""Notes that break one rule each, wherever a pack or an anchor has one: FORMAT.md, section 5."""

import base64
from collections.abc import Callable, Iterator

from tests.record_packs import canonical, cases, keys, packs, small_order, worlds
from tests.record_packs.cases import Case
from tests.record_packs.keys import NoteKey, base64_of, signature_line
from tests.record_packs.logs import Log
from tests.record_packs.packs import Stages

Writing = Callable[[Log, bytes, NoteKey], bytes]
"""Write a note over a text of three lines, with the log's key in force."""

FOREIGN = NoteKey("witness.example/w1", "witness")


def _lines(text: bytes) -> list[str]:
    return text.decode().splitlines()


def _said(origin: str | None = None, size: str | None = None, root: str | None = None) -> Writing:
    """Sign a text that says something in another way."""

    def write(_log: Log, text: bytes, key: NoteKey) -> bytes:
        old = _lines(text)
        lines = [origin or old[0], old[1] if size is None else size, root or old[2]]
        return _note("".join(f"{line}\n" for line in lines).encode(), key)

    return write


def _text(change: Callable[[bytes], bytes]) -> Writing:
    """Sign a text whose bytes are changed."""
    return lambda _log, text, key: _note(change(text), key)


def _line(change: Callable[[str], str]) -> Writing:
    """Change the signature line after it is made."""
    return lambda _log, text, key: keys.note(text, change(key.line(text)))


def _whole(change: Callable[[bytes], bytes]) -> Writing:
    """Change the note after it is made."""
    return lambda _log, text, key: change(_note(text, key))


def _signed(change: Callable[[NoteKey, bytes], bytes]) -> Writing:
    """Change the 64 bytes of the signature."""

    def write(_log: Log, text: bytes, key: NoteKey) -> bytes:
        signature = change(key, key.private.sign(text))
        return keys.note(text, signature_line(key.name, key.identifier, signature))

    return write


def _with(*others: Callable[[bytes, NoteKey], str], first: bool = False) -> Writing:
    """Add lines after the log's own, or before it."""

    def write(_log: Log, text: bytes, key: NoteKey) -> bytes:
        lines = [other(text, key) for other in others]
        return keys.note(text, *([*lines, key.line(text)] if first else [key.line(text), *lines]))

    return write


def _note(text: bytes, key: NoteKey) -> bytes:
    return keys.note(text, key.line(text))


def _past_order(_key: NoteKey, signature: bytes) -> bytes:
    s = int.from_bytes(signature[32:], "little") + small_order.ORDER
    return signature[:32] + s.to_bytes(32, "little")


def _by_nobody(_log: Log, text: bytes, _key: NoteKey) -> bytes:
    return keys.note(text)


def _by_another(_log: Log, text: bytes, key: NoteKey) -> bytes:
    return _note(text, NoteKey(key.name, "another"))


def _by_another_as_the_log(_log: Log, text: bytes, key: NoteKey) -> bytes:
    signature = NoteKey(key.name, "another").private.sign(text)
    return keys.note(text, signature_line(key.name, key.identifier, signature))


def _by_old_key(log: Log, text: bytes, _key: NoteKey) -> bytes:
    return _note(text, log.keys[0][1])


def _old_key_wrong(log: Log, text: bytes, key: NoteKey) -> bytes:
    old = log.keys[0][1]
    wrong = signature_line(old.name, old.identifier, old.private.sign(b"something else"))
    return keys.note(text, key.line(text), wrong)


def _own_again_wrong(text: bytes, key: NoteKey) -> str:
    return signature_line(key.name, key.identifier, key.private.sign(text + b"\n"))


def _foreign(number: int) -> Callable[[bytes, NoteKey], str]:
    return lambda text, _key: NoteKey(f"witness{number}.example", str(number)).line(text)


def _foreign_of(content: bytes, name: str = "witness.example") -> Callable[[bytes, NoteKey], str]:
    return lambda _text, _key: f"— {name} {base64_of(content)}\n"


def _raw_line(line: str) -> Callable[[bytes, NoteKey], str]:
    return lambda _text, _key: line


def _shift_bits(line: str) -> str:
    """Write the same bytes with the unused bits of base64 set."""
    head, tail = line.rsplit(" ", 1)
    coded = tail.rstrip("=\n")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    turned = coded[:-1] + alphabet[alphabet.index(coded[-1]) + 1] + "=" * (-len(coded) % 4)
    assert base64.b64decode(turned) == base64.b64decode(coded + "=" * (-len(coded) % 4))
    return f"{head} {turned}\n"


WRONG: dict[str, Writing] = {
    "no signature": _by_nobody,
    "another key alone": _by_another,
    "another key as if it were the log's": _by_another_as_the_log,
    "the key before this one": _by_old_key,
    "the old key beside it, wrong": _old_key_wrong,
    "S past the order": _signed(_past_order),
    "a signature of noughts": _signed(lambda _key, _signature: bytes(64)),
    "63 bytes": _signed(lambda _key, signature: signature[:-1]),
    "65 bytes": _signed(lambda _key, signature: signature + b"\0"),
    "signed without the last line feed": _signed(lambda key, _s: key.private.sign(b"")),
    "the right line twice": _with(lambda text, key: key.line(text)),
    "a wrong line by the log's key too": _with(_own_again_wrong),
    "a wrong line by the log's key first": _with(_own_again_wrong, first=True),
    "17 lines": _with(*[_foreign(number) for number in range(16)]),
    "a foreign line twice": _with(_foreign(1), _foreign(1)),
    "a foreign line of 3 bytes": _with(_foreign_of(b"abc")),
    "a foreign line not in base64": _with(_raw_line("— witness.example *\n")),
    "a foreign line without a name": _with(_raw_line("— AAAAAAAA\n")),
    "a foreign line with a hyphen": _with(_raw_line("- witness.example AAAAAAAA\n")),
    "a foreign line with a plus": _with(_foreign_of(b"abcdefgh", "a+b")),
    "a foreign line with a tab in its name": _with(_foreign_of(b"abcdefgh", "a\tb")),
    "a foreign line with a no-break space": _with(_foreign_of(b"abcdefgh", "a\u00a0b")),
    "a foreign line with a byte order mark": _with(_foreign_of(b"abcdefgh", "a\ufeffb")),
    "a foreign line with a separator": _with(_foreign_of(b"abcdefgh", "a\x1fb")),
    "a foreign line with two spaces": _with(_raw_line("— witness.example  AAAAAAAA\n")),
    "a line that is none": _with(_raw_line("seen\n")),
    "an empty line between": _with(_raw_line("\n"), _foreign(1)),
    "a line cut off": _with(_raw_line("— witness.example AAAAAAAA")),
    "a hyphen as the dash": _line(lambda line: line.replace("—", "-")),
    "an en dash": _line(lambda line: line.replace("—", "\N{EN DASH}")),
    "two dashes": _line(lambda line: line.replace("—", "——")),
    "two spaces": _line(lambda line: line.replace("— ", "—  ")),
    "no space": _line(lambda line: line.replace("— ", "—")),
    "a space after it": _line(lambda line: line.replace("\n", " \n")),
    "no padding": _line(lambda line: line.replace("=", "")),
    "other bits in base64": _line(_shift_bits),
    "a space in base64": _line(lambda line: f"{line[:-9]} {line[-9:]}"),
    "base64 for addresses": _line(lambda line: f"{line[:-9]}_{line[-8:]}"),
    "another name": _line(lambda line: line.replace("gate", "gäte")),
    "a name in capitals": _line(lambda line: line.replace("gate.", "GATE.")),
    "another identifier": _line(lambda line: line.replace("example ", "example AAAA")),
    "no line feed at the end": _whole(lambda note: note[:-1]),
    "a line feed too many": _whole(lambda note: note + b"\n"),
    "carriage returns": _whole(lambda note: note.replace(b"\n", b"\r\n")),
    "no empty line": _whole(lambda note: note.replace(b"\n\n", b"\n")),
    "two empty lines": _whole(lambda note: note.replace(b"\n\n", b"\n\n\n")),
    "a byte order mark": _whole(lambda note: b"\xef\xbb\xbf" + note),
    "a byte that is not UTF-8": _whole(lambda note: note + b"\xff\n"),
    "nothing": _whole(lambda _note: b""),
    "two notes": _whole(lambda note: note + note),
    "an origin of another log": _said(origin="gate.example/p/0123abcd-0000-4000-8000-0123456789ab"),
    "an origin with a space after it": _text(lambda text: text.replace(b"\n", b" \n", 1)),
    "an origin in capitals": _text(lambda text: text.replace(b"gate", b"Gate", 1)),
    "an empty origin": _text(lambda text: text[text.index(b"\n") :]),
    "a size with a nought before it": _text(lambda text: text.replace(b"\n", b"\n0", 1)),
    "a size with a plus": _text(lambda text: text.replace(b"\n", b"\n+", 1)),
    "a size with a space": _text(lambda text: text.replace(b"\n", b"\n ", 1)),
    "size 0": _said(size="0"),
    "an empty size": _said(size=""),
    "a size below nought": _said(size="-1"),
    "a size of many digits": _said(size="9" * 30),
    "a size of 5,000 digits": _said(size="1" * 5000),
    "a size in another script": _said(size="\u0663"),
    "a size in hexadecimal": _said(size="0x5"),
    "a root of noughts": _said(root=base64_of(bytes(32))),
    "a root of 31 bytes": _said(root=base64_of(bytes(31))),
    "a root in hexadecimal": _said(root="ab" * 32),
    "a root without padding": _text(lambda text: text.replace(b"=", b"")),
    "a fourth line": _text(lambda text: text + b"more\n"),
    "no root": _text(lambda text: b"\n".join(text.split(b"\n")[:2]) + b"\n"),
    "no last line feed in the text": _text(lambda text: text[:-1]),
}
RIGHT: dict[str, Writing] = {
    "16 lines": _with(*[_foreign(number) for number in range(15)]),
    "a foreign line first": _with(_foreign(1), first=True),
    "a foreign line of another algorithm": _with(_foreign_of(b"abcd\x04efgh")),
    "a foreign line that is wrong": _with(lambda _text, _key: FOREIGN.line(b"something else")),
    "the log's name with another key": _with(lambda _text, key: NoteKey(key.name, "x").line(b"")),
    "a foreign line with the log's identifier": _with(
        lambda _text, key: signature_line("witness.example", key.identifier, bytes(64))
    ),
    "the old key beside it": lambda log, text, key: keys.note(
        text, key.line(text), log.keys[0][1].line(text)
    ),
}


def _rotated() -> Log:
    log = worlds.plain(3, seed="notes")
    log.rotate()
    log.add("DECISION_RECORDED")
    log.add("DECISION_RECORDED")
    return log


def written(log: Log, size: int, writing: Writing) -> bytes:
    """Return a note of a log, written in another way."""
    return writing(log, log.checkpoint(size).split(b"\n\n")[0] + b"\n", log.key_at(size))


def _everywhere(name: str, writing: Writing, *, is_right: bool) -> Iterator[Case]:
    log = _rotated()
    whole, earlier = len(log.entries), len(log.entries) - 1
    unanchored = cases.expected(log, 0) if is_right else ("INVALID", None)
    stages = Stages(checkpoint=packs.always(written(log, whole, writing)))
    yield Case(f"checkpoint: {name}", packs.make(log, stages=stages), *unanchored)
    note = written(log, earlier, writing)
    try:
        listed = canonical.write([note.decode()])
        stages = Stages(members=lambda members: members | {"checkpoints.json": listed})
        yield Case(f"checkpoint on record: {name}", packs.make(log, stages=stages), *unanchored)
    except UnicodeDecodeError:
        pass
    pack = packs.make(log)
    anchored = cases.expected(log, earlier) if is_right else ("INVALID", None)
    yield Case(f"anchor: {name}", pack, *anchored, anchors=(note,))
    receipt = keys.receipt(log.bodies()[:earlier], 1, note)
    yield Case(f"receipt's checkpoint: {name}", pack, *anchored, anchors=(receipt,))


def bad_cases() -> Iterator[Case]:
    """Yield packs and anchors with one wrong note."""
    for name, writing in WRONG.items():
        yield from _everywhere(name, writing, is_right=False)


def good_cases() -> Iterator[Case]:
    """Yield packs and anchors with notes that are right though unusual."""
    for name, writing in RIGHT.items():
        yield from _everywhere(name, writing, is_right=True)
