"""Change good packs, receipts and notes at random or character by character.

Each family makes its mutations by number, always the same. What comes out must never be accepted
as what it was: both verifiers must say INVALID, however little was changed. Not touched is what
FORMAT.md covers by nothing: the two names in the manifest, `anchors.json`, and the files that are
not looked at.
"""

import json
import random
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.record_packs import canonical, cases, keys, merkle, packs, worlds
from tests.record_packs.cases import Case
from tests.record_packs.logs import Log, Signing, digest
from tests.record_packs.packs import Members, Stages
from tests.record_packs.passkeys import P256, Ceremony
from tests.record_packs.zips import Archive

Mutation = Callable[[int], Case]
LETTERS = b"ABCXYZabcxyz0189+/=-_ \n\t\r\x00\x7f\xc3\xff\"'{}[],:\\"
COVERED = ("entries.jsonl", "documents.jsonl", "texts.json", "checkpoint.txt", "checkpoints.json")


def _chance(family: str, number: int) -> random.Random:
    return random.Random(f"{family} {number}")  # noqa: S311 - the same mutations each time


@cache
def _logs() -> list[Log]:
    small = cases.signed(Signing(ceremony=Ceremony(P256("mutated")), reason="So."))
    listed = worlds.plain(7, seed="mutated")
    listed.sizes = {2, 5}
    return [worlds.plain(1), small, listed, worlds.mixed(9, seed="mutated"), worlds.whole()]


@cache
def _packs() -> list[bytes]:
    return [packs.make(log) for log in _logs()]


@cache
def _notes() -> list[bytes]:
    return [log.checkpoint() for log in _logs()]


@cache
def _files(which: int) -> Members:
    kept: list[Archive] = []

    def keep(made: Archive) -> Archive:
        kept.append(made)
        return made

    packs.make(_logs()[which], stages=Stages(archive=keep))
    return {member.name.decode(): member.content for member in kept[0].members}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return other bytes, changed in one of seven ways."""
    at, to = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    letter = chance.choice(LETTERS)
    ways: list[Callable[[], bytes]] = [
        lambda: content[:at] + bytes([letter]) + content[at + 1 :],
        lambda: _flipped(content, at, 1 << chance.randrange(8)),
        lambda: content[:at] + content[at + 1 :],
        lambda: content[:at] + bytes([letter]) + content[at:],
        lambda: content[:at] + content[at + chance.randrange(1, 60) :],
        lambda: content[:to] + content[at : at + 1] + content[to:],
        lambda: content[:at] + content[to : to + 9] + content[at : at + 9] + content[to + 9 :],
    ]
    while (other := chance.choice(ways)()) == content:
        at, to = sorted(chance.randrange(len(content) + 1) for _ in range(2))
        letter = chance.choice(LETTERS)
    return other


def _flipped(content: bytes, at: int, bit: int) -> bytes:
    at = min(at, len(content) - 1)
    return content[:at] + bytes([content[at] ^ bit]) + content[at + 1 :]


def _case(family: str, number: int, pack: bytes, *anchors: bytes) -> Case:
    return Case(f"{family} {number}", pack, anchors=anchors)


def raw(number: int) -> Case:
    """Change the bytes of a pack."""
    chance = _chance("bytes of a pack", number)
    which = number % len(_packs())
    pack = mutated(_packs()[which], chance)
    return _case("bytes of a pack", number, pack, _notes()[which])


def mended(number: int) -> Case:
    """Change a member; CRC, hash and size of it are made to fit again."""
    chance = _chance("a member", number)
    which = number % len(_packs())
    files = dict(_files(which))
    name = chance.choice([name for name in COVERED if files[name]])
    files[name] = mutated(files[name], chance)
    return _case("a member", number, _again(files), _notes()[which])


def in_manifest(number: int) -> Case:
    """Change the manifest anywhere but in the two names."""
    chance = _chance("the manifest", number)
    which = number % len(_packs())
    files = dict(_files(which))
    was = _apart_from_names(files["manifest.json"])
    while True:
        other = mutated(files["manifest.json"], chance)
        if _apart_from_names(other) != was:
            break
    files["manifest.json"] = other
    named = packs.archive(files.pop("manifest.json"), files)
    return _case("the manifest", number, named.write(), _notes()[which])


def _apart_from_names(content: bytes) -> Any:
    try:
        said = json.loads(content)
        row = {key: said[key] for key in said if not key.endswith("_name")}
        names = [isinstance(said[key], str) for key in ("project_name", "client_name")]
    except (ValueError, KeyError, TypeError, AttributeError):
        return content
    return row, names if canonical.write(said) == content else content


def _again(files: Members) -> bytes:
    """Return a pack of changed members whose manifest fits them."""
    files = dict(files)
    manifest = json.loads(files.pop("manifest.json")) | {"files": packs.listing(files)}
    return packs.archive(canonical.write(manifest), files).write()


def moved(number: int) -> Case:
    """Let lines or members change places, come twice or go."""
    chance = _chance("lines and members", number)
    which = 1 + number % (len(_packs()) - 1)
    files = dict(_files(which))
    was = dict(files)
    while files == was:
        chance.choice([_move_lines, _move_members, _lose_member, _double_line])(files, chance)
    return _case("lines and members", number, _again(files), _notes()[which])


def _move_lines(files: Members, chance: random.Random) -> None:
    name = chance.choice(["entries.jsonl", "documents.jsonl", "checkpoint.txt"])
    lines = files[name].splitlines(keepends=True)
    if len(lines) > 1:
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    files[name] = b"".join(lines)


def _double_line(files: Members, chance: random.Random) -> None:
    name = chance.choice(["entries.jsonl", "documents.jsonl", "checkpoint.txt"])
    lines = files[name].splitlines(keepends=True)
    lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines or [b"{}\n"]))
    files[name] = b"".join(lines)


def _move_members(files: Members, chance: random.Random) -> None:
    one = chance.choice(COVERED)
    other = chance.choice([name for name in files if name not in {one, "manifest.json"}])
    files[one], files[other] = files[other], files[one]


def _lose_member(files: Members, chance: random.Random) -> None:
    del files[chance.choice(COVERED)]


def resigned(number: int) -> Case:
    """Change what entries say, and sign everything anew; the anchor stays."""
    chance = _chance("an entry, signed anew", number)
    which = 1 + number % (len(_packs()) - 1)
    log = _logs()[which].copy()
    was = log.bodies()
    while log.bodies() == was:
        _change_value(chance.choice(log.entries), chance)
    return _case("an entry, signed anew", number, packs.make(log), _notes()[which])


def _change_value(row: Any, chance: random.Random) -> None:
    name = chance.choice(list(row))
    if isinstance(row[name], dict) and row[name] and chance.random() < 0.7:
        _change_value(row[name], chance)
    elif isinstance(row[name], str) and row[name] and chance.random() < 0.7:
        at = chance.randrange(len(row[name]))
        row[name] = row[name][:at] + chance.choice("0189abfXYZ é") + row[name][at + 1 :]
    else:
        row[name] = chance.choice([None, 0, 1, True, "", "x", [], {}, digest(b""), 2**53 - 1])


WHERE = (0, 3, 7)


@cache
def _tall() -> tuple[Log, bytes, list[bytes]]:
    log = worlds.plain(8, seed="receipts")
    return log, packs.make(log), [log.receipt(at) for at in WHERE]


def in_receipt(number: int) -> Case:
    """Change one character of a receipt, position by position."""
    _log, pack, receipts = _tall()
    return _case("a receipt", number, pack, _character(receipts[number % 3], number // 3))


def in_note(number: int) -> Case:
    """Change one character of a checkpoint, position by position."""
    log, pack, _receipts = _tall()
    return _case("a checkpoint", number, pack, _character(log.checkpoint(4 + number % 5), number))


def _character(content: bytes, number: int) -> bytes:
    chance = _chance("character", number)
    at = number % len(content)
    letter = bytes([chance.choice([letter for letter in LETTERS if letter != content[at]])])
    ways: list[bytes] = [
        content[:at] + letter + content[at + 1 :],
        content[:at] + content[at + 1 :],
        content[:at] + letter + content[at:],
        _flipped(content, at, 1 << chance.randrange(8)),
    ]
    return chance.choice(ways)


@cache
def _sized(size: int) -> tuple[Log, bytes]:
    log = worlds.plain(size, seed=f"proof {size}")
    return log, packs.make(log)


def proof(number: int) -> Case:
    """Change index, size, a bit, a step or the leaf of an inclusion proof; its form stays right."""
    chance = _chance("a proof", number)
    size = 2 + number % 32
    log, pack = _sized(size)
    bodies = log.bodies()
    right = chance.randrange(size)
    hashes = [merkle.leaf(body) for body in bodies]
    path = merkle.inclusion(hashes, right)
    body, index, height, steps = bodies[right], right, size, list(path)
    while (body, index, height, steps) == (bodies[right], right, size, path):
        way = chance.randrange(7)
        index = chance.randrange(2 * size) if way == 0 else index
        height = chance.randrange(1, size + 1) if way == 1 else height
        body = chance.choice(bodies) if way == 2 else body
        steps = _other_steps(steps, way, chance)
    receipt = keys.receipt_of(body, index, steps, log.checkpoint(height))
    return _case("a proof", number, pack, receipt)


def _other_steps(steps: list[bytes], way: int, chance: random.Random) -> list[bytes]:
    at = chance.randrange(max(len(steps), 1))
    if way == 3 and steps:
        flipped = _flipped(steps[at], chance.randrange(32), 1 << chance.randrange(8))
        return [*steps[:at], flipped, *steps[at + 1 :]]
    if way == 4:
        return steps[:at] + steps[at + 1 :]
    if way == 5:
        return [*steps[:at], chance.choice([chance.randbytes(32), *steps]), *steps[at:]]
    if way == 6:
        return chance.sample(steps, len(steps))
    return steps


FAMILIES: dict[str, tuple[Mutation, int]] = {
    "bytes of a pack": (raw, 6000),
    "a member, mended": (mended, 4000),
    "the manifest": (in_manifest, 1500),
    "lines and members": (moved, 2000),
    "an entry, signed anew": (resigned, 1500),
    "a receipt": (in_receipt, 5000),
    "a checkpoint": (in_note, 2000),
    "a proof": (proof, 3000),
}
"""How many of each `make record-attacks` tries."""
