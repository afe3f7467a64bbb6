"""Section 6 of the format: the ZIP file and its members."""

import struct
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import (
    CLIENT,
    MANIFEST,
    PROJECT,
    Json,
    World,
    canonical,
    sha,
    zipped,
)
from tests.governance.record.verifiers.verify_record_mjs.calling import Case, Cases
from tests.governance.record.verifiers.verify_record_mjs.signing import signed

CASES = Cases()
OTHER = "00000000-0000-4000-8000-000000000000"


def _world() -> World:
    world = World().start()
    signed(world)
    return world


PACK = _world().pack()
END = len(PACK) - 22
START, CENTRAL = struct.unpack("<II", PACK[END + 12 : END + 20])[::-1]
SECOND = PACK.index(b"PK\3\4", 4)  # the local header of the second member
SIZE = SECOND - 30 - len(MANIFEST)


def _bytes(at: int, new: bytes) -> bytes:
    return PACK[:at] + new + PACK[at + len(new) :]


FLAG, METHOD, WORD = b"\x08\0", b"\x08\0", b"\1\0"
ZIPS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "directory"),
    "no_members": (zipped([]), "anchors.json is missing"),
    "before": (b"x" + PACK, "directory"),
    "after": (PACK + b"x", "directory"),
    "comment": (PACK[:-2] + b"\1\0x", "directory"),
    "cut": (PACK[:-1], "directory"),
    "half": (PACK[: len(PACK) // 2], "cut off"),
    "gap": (PACK[:SECOND] + b"x" + PACK[SECOND:], "directory"),
    "gap_before_directory": (PACK[:START] + b"x" + PACK[START:], "directory"),
    "gap_before_end": (PACK[:END] + b"x" + PACK[END:], "directory"),
    "version": (_bytes(4, b"\x0a"), "header"),
    "descriptor": (_bytes(6, FLAG), "flags that are not allowed"),
    "encrypted": (_bytes(6, WORD), "flags that are not allowed"),
    "method": (_bytes(8, METHOD), "header"),
    "time": (_bytes(10, WORD), "header"),
    "date": (_bytes(12, b"\x22"), "header"),
    "crc": (_bytes(14, bytes(4)), "CRC-32"),
    "compressed_size": (_bytes(18, struct.pack("<I", SIZE + 1)), "header"),
    "size": (_bytes(22, struct.pack("<I", SIZE + 1)), "CRC-32"),
    "zip64_size": (_bytes(18, b"\xff" * 8), "cut off"),
    "extra": (_bytes(28, WORD), "header"),
    "name": (_bytes(30, b"M"), "directory"),
    "bad_name": (_bytes(30, b" "), "name is not allowed"),
    "content": (_bytes(SECOND - 1, b"]"), "CRC-32"),
    "central_offset": (_bytes(START + 42, WORD), "directory"),
    "end_disk": (_bytes(END + 4, WORD), "directory"),
    "end_disk_of_directory": (_bytes(END + 6, WORD), "directory"),
    "end_count_here": (_bytes(END + 8, WORD), "directory"),
    "end_count": (_bytes(END + 10, WORD), "directory"),
    "end_size": (_bytes(END + 12, struct.pack("<I", CENTRAL + 1)), "directory"),
    "end_offset": (_bytes(END + 16, struct.pack("<I", START + 1)), "directory"),
}
for name, (pack, words) in ZIPS.items():
    CASES.add(f"zip_{name}", partial(Case, pack, words))
for offset in range(46):  # every byte of a record of the directory
    flipped = bytes([PACK[START + offset] ^ 0x01])
    CASES.add(f"central_{offset}", partial(Case, _bytes(START + offset, flipped), "directory"))

MEMBERS = _world().members()
LISTED = [(MANIFEST, canonical(_world().manifest(MEMBERS))), *sorted(MEMBERS.items())]
CASES.add("good", lambda: Case(zipped(LISTED)))
CASES.add("good_utf8_flag", lambda: Case(zipped(LISTED, flags=0x0800)))
CASES.add("flags", lambda: Case(zipped(LISTED, flags=0x0808), "flags"))
CASES.add("twice", lambda: Case(zipped([*LISTED, LISTED[1]]), "comes twice"))
CASES.add("more", lambda: Case(zipped([*LISTED, ("zz", b"")]), "other members"))
CASES.add("manifest_last", lambda: Case(zipped([*LISTED[1:], LISTED[0]]), "in another order"))
CASES.add("order", lambda: Case(zipped([LISTED[0], *LISTED[:0:-1]]), "in another order"))
for i, bad in enumerate(
    ["/a", "a/../b", "..", "a..b", "a\\b", "a b", "ä", "", "a//b", "a/", "./a"]
):
    CASES.add(f"name_{i}", partial(Case, zipped([*LISTED, (bad, b"")]), "not allowed"))


def _pack(reason: str = "", members: Any = None, **manifest: Any) -> Callable[[], Case]:
    return lambda: Case(_world().pack(members, **manifest), reason)


for name in MEMBERS:
    CASES.add(f"no_{name}", _pack(f"{name} is missing", {name: None}))
CASES.add("no_manifest", lambda: Case(zipped(LISTED[1:]), "manifest.json is missing"))

FILES: list[Json] = _world().manifest(MEMBERS)["files"]
FALLING = canonical(_world().manifest(MEMBERS, files=FILES[::-1]))
CASES.add("falling", lambda: Case(zipped([(MANIFEST, FALLING), *LISTED[:0:-1]]), "not sorted"))
ORIGINS = [
    "",
    "/p/",
    "a b/p/",
    "a/b/p/",
    "ä/p/",
    "a+b/p/",
    "gate.example.com/q/",
    f"{'a' * 162}/p/",
]
MANIFESTS: dict[str, list[object]] = {
    "format": ["readiness-record-pack@2", None],
    "origin": [*(start + PROJECT for start in ORIGINS), f"gate.example.com/p/{OTHER}", None],
    "project": [OTHER, PROJECT + "\n", None],
    "client": [OTHER, CLIENT.upper(), None],
    "project_name": [None, 1],
    "client_name": [None, 1],
    "size": [0, 1, 3, "2", 1_000_001, None],
    "root": [sha().hex(), sha().hex().upper(), None],
    "files": [None, {}, FILES[::-1], FILES[:-1], [*FILES, FILES[-1]], [*FILES[:-1], {}]],
    "more": [None],
}
for name, values in MANIFESTS.items():
    for i, wrong in enumerate(values):
        words = "an origin out of form" if name == "origin" and wrong else ""
        CASES.add(f"manifest_{name}_{i}", _pack(words, None, **{name: wrong}))
for key, wrong in (("sha256", "0" * 64), ("sha256", None), ("size", 0), ("size", "1"), ("path", 1)):
    changed = [{**FILES[0], key: wrong}, *FILES[1:]]
    CASES.add(f"files_{key}_{wrong}", _pack("manifest.json: ", files=changed))
CASES.add("origin_of_200", _pack("entry 0: of another log", origin=f"{'a' * 161}/p/{PROJECT}"))

NOT_CANONICAL = {"space": b"{} ", "twice": b'{"a":1,"a":1}', "empty": b"", "list": b'["a" ]'}
CANONICAL = ("manifest.json", "checkpoints.json", "texts.json", "anchors.json")
for name in CANONICAL:
    for word, content in (
        ("space", b"{} "),
        ("twice", b'{"a":1,"a":1}'),
        ("empty", b""),
        ("list", b'["a" ]'),
    ):
        CASES.add(f"{name}_{word}", _pack(f"{name}: not ", {name: content}))
for name, content in {
    "checkpoints.json": b"{}",
    "texts.json": b"[]",
    "anchors.json": b"{}",
}.items():
    CASES.add(f"{name}_kind", _pack(name, {name: content}))
CASES.add("texts.json_long", _pack("longer than 67108864", {"texts.json": b" " * (2**26 + 1)}))

ENTRIES, DOCUMENTS = MEMBERS["entries.jsonl"], MEMBERS["documents.jsonl"]
FIRST, LAST = DOCUMENTS.splitlines(keepends=True)
LINES: dict[str, tuple[str, bytes, str]] = {
    "no_newline": ("entries.jsonl", ENTRIES[:-1], "no newline"),
    "blank_line": ("entries.jsonl", ENTRIES + b"\n", "entry 2: not JSON"),
    "no_entries": ("entries.jsonl", b"", "0 entries where the manifest says 2"),
    "swapped": ("entries.jsonl", b"".join(ENTRIES.splitlines(keepends=True)[::-1]), "entry 0: "),
    "documents_end": ("documents.jsonl", DOCUMENTS[:-1], "no newline"),
    "documents_order": ("documents.jsonl", LAST + FIRST, "order of their hashes"),
    "documents_twice": ("documents.jsonl", FIRST + FIRST + LAST, "comes twice"),
    "documents_blank": ("documents.jsonl", DOCUMENTS + b"\n", "nothing names it"),
    "documents_none": ("documents.jsonl", b"", "its statement is not in the pack"),
    "checkpoint_size": ("checkpoint.txt", _world().note(1).encode(), "of another size"),
    "checkpoint_more": ("checkpoint.txt", MEMBERS["checkpoint.txt"] + b"\n", "checkpoint.txt: "),
}
for name, (member, content, words) in LINES.items():
    CASES.add(name, _pack(words, {member: content}))


@CASES
def document_of_nobody() -> Case:
    """Refuse a document that nothing names."""
    world = _world()
    world.document({"loose": 1})
    return Case(world.pack(), "nothing names it")


def _exported(files: object, extra: dict[str, bytes], reason: str = "") -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        world.add("EXPORTED", {"files": files, "more": 1} if files is not None else {})
        world.checkpoints = [world.note(2)]
        world.extra = extra
        return Case(world.pack(), reason)

    return make


ONE = {"path": "a/b.pdf", "sha256": sha(b"x").hex()}
CASES.add("good_export", _exported([ONE], {"a/b.pdf": b"x"}))
CASES.add("good_export_of_nothing", _exported([], {}))
CASES.add("export_without_files", _exported(None, {}, "files in another form"))
CASES.add("export_form", _exported({}, {}, "files in another form"))
CASES.add("export_more", _exported([{**ONE, "x": 1}], {"a/b.pdf": b"x"}, "another form"))
CASES.add("export_twice", _exported([ONE, ONE], {"a/b.pdf": b"x"}, "names a file twice"))
CASES.add("export_gone", _exported([ONE], {}, "a/b.pdf: named by the last entry"))
CASES.add("export_changed", _exported([ONE], {"a/b.pdf": b"y"}, "not named by the last entry"))
CASES.add("export_loose", _exported([], {"a/b.pdf": b"x"}, "not named by the last entry"))
FIXED = {"path": "VERIFY.txt", "sha256": sha(b"x").hex()}
CASES.add("export_fixed", _exported([FIXED], {"VERIFY.txt": b"x"}, "VERIFY.txt: named"))
STAMP = {"path": "timestamps/02.tsr", "sha256": sha(b"x").hex()}
CASES.add("export_stamp", _exported([STAMP], {"timestamps/02.tsr": b"x"}, "02.tsr: named"))
CASES.add("good_stamps", _exported([], {"timestamps/2.tsr": b"x", "timestamps/3.tsr": b"x"}))
CASES.add("stamp_of_no_checkpoint", _exported([], {"timestamps/1.tsr": b"x"}, "of no checkpoint"))
OPTIONAL = ["VERIFY.txt", "verify_record.py", "verify_record.mjs"]
CASES.add("good_optional", _exported([], dict.fromkeys(OPTIONAL, b"x")))


@CASES
def file_without_export() -> Case:
    """Refuse a file where an export is not the last entry."""
    world = _world()
    world.add("EXPORTED", {"files": [ONE]})
    world.add("DATE_MOVED")
    world.extra = {"a/b.pdf": b"x"}
    return Case(world.pack(), "not named by the last entry")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Case, Json]]:
    """Verify every case of this file at one go."""
    return CASES.judged(tmp_path_factory.mktemp("packs"))


@pytest.mark.parametrize("name", CASES.makers)
def test_case(judged: dict[str, tuple[Case, Json]], name: str) -> None:
    case, said = judged[name]
    assert said["verdict"] == ("NOT_ANCHORED" if name.startswith("good") else "INVALID"), said
    assert case.reason in said["reason"]
    assert "cannot be read" not in said["reason"]
