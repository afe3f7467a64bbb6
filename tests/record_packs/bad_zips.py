"""ZIP files that break one rule each: FORMAT.md, section 6."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from tests.record_packs import cases, packs, worlds
from tests.record_packs.cases import Case
from tests.record_packs.packs import Stages
from tests.record_packs.zips import Archive, Member

Change = Callable[[Archive], object]


def _local(at: int = 1, **fields: Any) -> Change:
    return lambda archive: archive.members[at].local.update(fields)


def _central(at: int = 1, **fields: Any) -> Change:
    return lambda archive: archive.members[at].central.update(fields)


def _both(at: int = 1, **fields: Any) -> Change:
    def change(archive: Archive) -> None:
        archive.members[at].local.update(fields)
        archive.members[at].central.update(fields)

    return change


def _end(**fields: Any) -> Change:
    return lambda archive: archive.end.update(fields)


def _around(**fields: Any) -> Change:
    return lambda archive: archive.__dict__.update(fields)


def _entries(archive: Archive) -> Member:
    return next(member for member in archive.members if member.name == b"entries.jsonl")


def _deflated(archive: Archive) -> None:
    member = _entries(archive)
    deflate = zlib.compressobj(wbits=-15)
    plain, crc = member.content, zlib.crc32(member.content)
    member.content = deflate.compress(plain) + deflate.flush()
    for header in (member.local, member.central):
        header.update(method=8, crc=crc, size=len(plain), packed=len(member.content))


def _described(archive: Archive) -> None:
    member = _entries(archive)
    size, crc = len(member.content), zlib.crc32(member.content)
    member.local.update(flags=8, crc=0, size=0, packed=0)
    member.central.update(flags=8)
    member.after = struct.pack("<4s3I", b"PK\7\x08", crc, size, size)


def _zip64(archive: Archive) -> None:
    member = _entries(archive)
    size = len(member.content)
    member.central.update(
        size=2**32 - 1, packed=2**32 - 1, extra=struct.pack("<2H2Q", 1, 16, size, size)
    )


def _twice(archive: Archive) -> None:
    archive.members.append(Member(b"entries.jsonl", _entries(archive).content))


def _twice_central(archive: Archive) -> None:
    archive.order = [*range(len(archive.members)), 1]
    archive.end.update(here=len(archive.order), total=len(archive.order))


def _hidden(archive: Archive) -> None:
    archive.members.append(Member(b"hidden.txt", b"seen"))
    archive.order = list(range(len(archive.members) - 1))
    archive.end.update(here=len(archive.order), total=len(archive.order))


def _shared(archive: Archive) -> None:
    """Let two rows of the directory point at one member."""
    archive.members[2].central["offset"] = 0


def _swapped(archive: Archive) -> None:
    archive.members[1], archive.members[2] = archive.members[2], archive.members[1]


def _swapped_centrally(archive: Archive) -> None:
    archive.order = [0, 2, 1, *range(3, len(archive.members))]


def _side_by_side(archive: Archive) -> None:
    """Put other entries before the right ones: who unpacks the first of two sees them."""
    at = archive.members.index(_entries(archive))
    archive.members.insert(at, Member(b"entries.jsonl", b"{}\n"))


def _manifest_by_name(archive: Archive) -> None:
    archive.members.sort(key=lambda member: member.name)


def _not_first(archive: Archive) -> None:
    archive.members.append(archive.members.pop(0))


def _added(name: bytes, content: bytes = b"") -> Change:
    return lambda archive: archive.members.append(Member(name, content))


def _many(archive: Archive) -> None:
    for number in range(60_000):
        archive.members.append(Member(f"timestamps/{number}".encode(), b""))


EXTRA = struct.pack("<2HI", 0x5455, 4, 1)
FAULTS: dict[str, Change] = {
    "a byte before": _around(first=b"\0"),
    "a byte after": _around(last=b"\0"),
    "a line feed after": _around(last=b"\n"),
    "a byte before the directory": _around(between=b"\0"),
    "a member's bytes before the directory": _around(between=b"PK\3\4"),
    "a program before it, offsets right": _around(first=b"#!/bin/sh\n"),
    "a gap between members": lambda archive: archive.members[1].__dict__.update(after=b"\0"),
    "a member compressed": _deflated,
    "a data descriptor": _described,
    "ZIP64 sizes": _zip64,
    "a local extra field": _local(extra=EXTRA),
    "a central extra field": _central(extra=EXTRA),
    "a comment of a member": _central(comment=b"seen"),
    "a comment at the end": _end(comment=b"seen"),
    "a comment's length too long": _end(comment_length=4),
    "flag 1: encrypted": _both(flags=1),
    "flag 8 alone": _both(flags=8),
    "flags 0x0802": _both(flags=0x0802),
    "other flags in the directory": _central(flags=0x0800),
    "other flags in the local header": _local(flags=0x0800),
    "method 8, not compressed": _both(method=8),
    "method 1 in the directory": _central(method=1),
    "method 1 in the local header": _local(method=1),
    "a wrong CRC": _both(crc=1),
    "a wrong CRC in the directory": _central(crc=1),
    "a wrong CRC in the local header": _local(crc=1),
    "a CRC of nought": _local(crc=0),
    "sizes too large": _both(size=10_000_000, packed=10_000_000),
    "sizes of nought": _both(size=0, packed=0),
    "another size in the directory": _central(size=3),
    "another packed size in the directory": _central(packed=3),
    "another size in the local header": _local(size=3),
    "another packed size in the local header": _local(packed=3),
    "another name in the directory": _central(name=b"checkpoint.tx_"),
    "another name in the local header": _local(name=b"checkpoint.tx_"),
    "a wrong local signature": _local(signature=b"PK\3\5"),
    "a wrong central signature": _central(signature=b"PK\1\3"),
    "a wrong end signature": _end(signature=b"PK\5\7"),
    "an offset too high": _central(offset=7),
    "two rows for one member": _shared,
    "a member's disk": _central(disk=1),
    "another disk at the end": _end(disk=1),
    "another disk of the directory": _end(start_disk=1),
    "a count too high": _end(here=12, total=12),
    "a count of nought": _end(here=0, total=0),
    "two counts": _end(here=1),
    "a total of another count": _end(total=1),
    "a directory's size too high": _end(size=1),
    "a directory's offset too high": _end(offset=1),
    "the same name twice": _twice,
    "the same row twice": _twice_central,
    "a member without a row": _hidden,
    "a name twice, side by side": _side_by_side,
    "the manifest in its place by name": _manifest_by_name,
    "two members swapped": _swapped,
    "rows in another order": _swapped_centrally,
    "the manifest last": _not_first,
    "no manifest": lambda archive: archive.members.pop(0),
    "no members": lambda archive: archive.members.clear(),
    "a member that the manifest does not have": _added(b"timestamps/1.tsr"),
    "a folder": _added(b"timestamps/"),
    "60,001 members and more": _many,
    "another version to read it": _both(needed=45),
    "another version in the directory": _central(needed=10),
    "written by another version": _central(by=0x0314),
    "a time": _both(time=1),
    "another time in the directory": _central(time=1),
    "a date": _both(date=0x5A21),
    "a date of nought": _local(date=0),
    "attributes of a link": _central(external=0xA1FF0000),
    "attributes inside": _central(internal=1),
}
NAMES = (
    *(
        b"a b",
        b"/etc/passwd",
        b"../a",
        b"a..b",
        b"a\\b",
        b"C:a",
        b"a\0b",
        b"\xc3\xa4",
        b"",
        b"\x84",
    ),
    *(b"~a", b"a\n", b"a//b", b"./a", b"a/", b"..", b".", b"a/.", b"a/../b"),
)


def _named(name: bytes) -> Case:
    """A file of an export with a name that is not allowed; everything else names it as it is."""
    log = worlds.plain(2)
    said = name.decode("cp437" if name == b"\x84" else "utf-8")
    log.export({said: b"seen"})
    return cases.bad(f"zip: {name!r}", log, stages=Stages(archive=_renaming(said, name)))


def _renaming(said: str, name: bytes) -> Callable[[Archive], Archive]:
    def change(archive: Archive) -> Archive:
        for member in archive.members:
            member.name = name if member.name == said.encode() else member.name
        return archive

    return change


def _applied(change: Change) -> Stages:
    def stage(archive: Archive) -> Archive:
        change(archive)
        return archive

    return Stages(archive=stage)


def _by_a_library(pack: bytes, compression: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(pack)) as old, zipfile.ZipFile(buffer, "w", compression) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return buffer.getvalue()


def bad_cases() -> Iterator[Case]:
    """Yield packs that are not such a ZIP file."""
    for name, change in FAULTS.items():
        yield cases.bad(f"zip: {name}", worlds.plain(4), stages=_applied(change))
    for odd in NAMES:
        yield _named(odd)
    pack = packs.make(worlds.plain(4))
    wrong = {
        "nothing": b"",
        "an empty archive": b"PK\5\6" + bytes(18),
        "text": b"VALID\n",
        "cut in the middle": pack[: len(pack) // 2],
        "cut by a byte": pack[:-1],
        "twice": pack * 2,
        "as a library writes it, compressed": _by_a_library(pack, zipfile.ZIP_DEFLATED),
        "as a library writes it": _by_a_library(pack, zipfile.ZIP_STORED),
        "the first byte gone": pack[1:],
    }
    for name, content in wrong.items():
        yield Case(f"zip: {name}", content)


def good_cases() -> Iterator[Case]:
    """Yield packs with the one flag that is allowed."""
    for at in range(3):
        yield cases.good(f"zip: UTF-8 said of member {at}", worlds.plain(4), stages=_utf8(at), at=0)


def _utf8(at: int) -> Stages:
    return _applied(_both(at, flags=0x0800))
