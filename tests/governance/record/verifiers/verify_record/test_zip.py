"""FORMAT.md, section 6: the bytes of the ZIP file around the members."""

import io
import struct
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from governance.record.verifiers.verify_record import MAX_MEMBERS, Broken, read_zip, verify
from tests.governance.record.verifiers.verify_record.asking import why
from tests.record_packs import packs, worlds
from tests.record_packs.packs import Stages
from tests.record_packs.zips import Archive, Member

TWO = {"manifest.json": b"one", "a.txt": b""}


def archive(*names: str) -> Archive:
    """Return an archive of two small members, or of these."""
    members = dict.fromkeys(names, b"x") if names else TWO
    return Archive([Member(name.encode(), content) for name, content in members.items()])


def told(change: Callable[[Archive], Any]) -> str:
    """Return why an archive is refused after a change, or nothing."""
    made = archive()
    change(made)
    try:
        read_zip(made.write())
    except Broken as error:
        return str(error)
    return ""


def test_reads_where_the_members_are() -> None:
    data = archive().write()
    places = read_zip(data)
    assert {path: data[start:stop] for path, (start, stop) in places.items()} == TWO
    with zipfile.ZipFile(io.BytesIO(data)) as other:
        assert {name: other.read(name) for name in other.namelist()} == TWO


def test_takes_the_flag_for_utf8() -> None:
    assert told(lambda made: _set(made, flags=0x0800)) == ""


def _set(made: Archive, *, where: str = "both", **fields: Any) -> None:
    for name in ("local", "central") if where == "both" else (where,):
        getattr(made.members[1], name).update(fields)


FIELDS = {
    "needed": 45, "flags": 8, "method": 8, "time": 1, "date": 0x22, "crc": 1, "packed": 1,
    "size": 1, "name": b"b.txt", "extra": b"\0\0\0\0",
}  # fmt: skip


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("where", ["local", "central", "both"])
def test_every_field_of_a_header_is_told(field: str, where: str) -> None:
    found = told(lambda made: _set(made, where=where, **{field: FIELDS[field]}))
    assert bool(found) is ((field, where) != ("name", "both"))


@pytest.mark.parametrize(
    ("field", "value"),
    [("by", 0x031E), ("comment", b"!"), ("disk", 1), ("internal", 1), ("external", 1 << 31),
     ("external", 0o120777 << 16), ("offset", 0), ("signature", b"PK\1\3")],
)  # fmt: skip
def test_every_field_of_the_directory_is_told(field: str, value: Any) -> None:
    assert told(lambda made: _set(made, where="central", **{field: value}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("signature", b"PK\6\6"), ("disk", 1), ("start_disk", 1), ("here", 1), ("total", 3),
        ("size", 1), ("offset", 1), ("comment", b"!"), ("comment_length", 1),
    ],
)  # fmt: skip
def test_every_field_of_the_end_is_told(field: str, value: Any) -> None:
    assert told(lambda made: made.end.update({field: value}))


@pytest.mark.parametrize("field", ["first", "between", "last"])
@pytest.mark.parametrize("gap", [b"\0", b"PK\5\6" + b"\0" * 18, b"PK\3\4"])
def test_nothing_stands_before_between_or_after(field: str, gap: bytes) -> None:
    assert told(lambda made: setattr(made, field, gap))


@pytest.mark.parametrize("side", ["before", "after"])
def test_there_is_no_gap_and_no_data_descriptor(side: str) -> None:
    for gap in (b"\0", b"PK\7\x08" + b"\0" * 12, struct.pack("<3I", 0, 0, 0)):
        for at in (0, 1):
            made = archive()
            setattr(made.members[at], side, gap)
            with pytest.raises(Broken):
                read_zip(made.write())


def test_the_directory_has_the_order_of_the_members() -> None:
    assert told(lambda made: setattr(made, "order", [1, 0]))
    assert told(lambda made: setattr(made, "order", [0]))
    assert told(lambda made: setattr(made, "order", [0, 1, 1]))


def test_the_bytes_have_their_checksum() -> None:
    data = archive().write()
    with pytest.raises(Broken, match=r"the bytes of manifest\.json were changed"):
        read_zip(data.replace(b"one", b"two"))


def test_the_manifest_stands_first_and_the_others_by_path() -> None:
    for names in (("a", "manifest.json"), ("manifest.json", "b", "a"), ("a", "b"), ()):
        members = [Member(name.encode(), b"") for name in names]
        with pytest.raises(Broken, match="order"):
            read_zip(Archive(members).write())


@pytest.mark.parametrize("name", ["a/b-c_d.E9", "-", "_a", ".a", "a.", "a/.b", "...a"[2:]])
def test_takes_ordinary_names(name: str) -> None:
    assert list(read_zip(archive("manifest.json", name).write())) == ["manifest.json", name]


@pytest.mark.parametrize(
    "name",
    [
        "", "/a", "a/", "a//b", ".", "..", "./a", "a/.", "a/./b", "../a", "a/../b", "a/..", "a..b",
        "a b", "a\\b", "C:a", "ä", "a\n", "a\0", "a+b", "~", "manifest.json",
    ],
)  # fmt: skip
def test_refuses_names_that_unpack_elsewhere(name: str) -> None:
    members = [Member(b"manifest.json", b""), Member(name.encode(), b"")]
    with pytest.raises(Broken, match="name"):
        read_zip(Archive(members).write())


def test_refuses_a_pack_that_was_cut_off() -> None:
    data = archive().write()
    for length in range(len(data)):
        with pytest.raises(Broken):
            read_zip(data[:length])


def test_counts_the_members() -> None:
    members = [Member(b"%05d" % number, b"") for number in range(MAX_MEMBERS + 1)]
    members[0].name = b"manifest.json"
    with pytest.raises(Broken, match="too many"):
        read_zip(Archive(members).write())
    assert len(read_zip(Archive(members[:-1]).write())) == MAX_MEMBERS


def test_refuses_more_than_a_gibibyte_unread() -> None:
    assert why(verify(bytes(2**30 + 1))) == "the pack is larger than 1 GiB"


def test_refuses_what_the_standard_writer_compresses() -> None:
    buffer = io.BytesIO()
    log = worlds.plain(3)
    with zipfile.ZipFile(io.BytesIO(packs.make(log))) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name), zipfile.ZIP_DEFLATED)
    assert why(verify(buffer.getvalue()))


def test_sees_every_changed_byte_of_a_pack() -> None:
    """Turn one bit in every byte: nothing but the two flags may stay unseen."""
    data = packs.make(worlds.plain(2))
    for at in range(len(data)):
        changed = bytearray(data)
        changed[at] ^= 1 << at % 8
        assert verify(bytes(changed)).verdict == "INVALID", at


def test_does_not_read_the_first_of_two_members_with_one_name() -> None:
    def twice(made: Archive) -> Archive:
        return Archive([*made.members, made.members[-1]])

    data = packs.make(worlds.plain(2), stages=Stages(archive=twice))
    assert "has no right name" in why(verify(data))
