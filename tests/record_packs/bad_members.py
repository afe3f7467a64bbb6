"""Members of a pack that break one rule each: FORMAT.md, section 6."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from tests.record_packs import canonical, cases, packs, worlds
from tests.record_packs.canonical import Json
from tests.record_packs.cases import GONE, Case, put
from tests.record_packs.keys import NoteKey
from tests.record_packs.logs import Log, digest
from tests.record_packs.packs import Members, Stages
from tests.record_packs.wrong_values import NOT_NONCES

AT = "2026-02-01T08:00:00.123456Z"
MemberChange = Callable[[Members, Log], Any]
REQUIRED = ("checkpoint.txt", "entries.jsonl", "documents.jsonl", "texts.json")


def _text(member: str, change: Callable[[bytes], bytes]) -> MemberChange:
    return lambda members, _log: members.update({member: change(members[member])})


def _without(member: str) -> MemberChange:
    return lambda members, _log: members.pop(member)


def _json(member: str, change: Callable[[Any], Any]) -> MemberChange:
    """Change what a member says and write it canonically."""

    def changed(members: Members, _log: Log) -> None:
        said = json.loads(members[member])
        members[member] = canonical.write(change(said))

    return changed


def _texts(change: Callable[[Json], Any]) -> MemberChange:
    def changed(texts: Json) -> Json:
        change(next(iter(texts.values())))
        return texts

    return _json("texts.json", changed)


def _nonce(value: Any) -> MemberChange:
    return _texts(lambda text: text.update(nonce=value))


def _checkpoints(sizes: Callable[[Log], list[int]]) -> MemberChange:
    def changed(members: Members, log: Log) -> None:
        notes = [log.checkpoint(size).decode() for size in sizes(log)]
        members["checkpoints.json"] = canonical.write(notes)

    return changed


def _other_checkpoint(members: Members, log: Log) -> None:
    """Put the checkpoint of a log with another entry among those on record."""
    bodies = log.bodies()
    bodies[3] = bodies[3].replace(b'"nonce":"', b'"nonce":"0')
    note = log.checkpoint(6, bodies=bodies).decode()
    members["checkpoints.json"] = canonical.write([note])


def _own_checkpoint_signed_by_more(members: Members, log: Log) -> None:
    """Put the pack's own checkpoint among those on record, with a line that the other has not."""
    note = log.checkpoint() + NoteKey("witness.example", "w").line(b"").encode()
    members["checkpoints.json"] = canonical.write([note.decode()])


def _large_texts() -> Case:
    """Let the one text of a record be longer than texts.json may be; all else fits."""
    text = b"a" * (64 << 20)
    commitment = digest(bytes(16) + text)
    log = Log("large")
    log.add("DECISION_RECORDED")["texts"] = {"long": commitment}
    written = b'{"%s":{"nonce":"%s","text":"%s"}}' % (commitment.encode(), b"0" * 32, text)
    stages = Stages(members=lambda members: members | {"texts.json": written})
    return cases.bad("member: texts of more than 64 MiB", log, stages=stages)


def _smaller_checkpoint(members: Members, log: Log) -> None:
    members["checkpoint.txt"] = log.checkpoint(len(log.entries) - 1)


def _lines(member: str, change: Callable[[list[bytes]], Any]) -> MemberChange:
    def changed(members: Members, _log: Log) -> None:
        lines = members[member].splitlines(keepends=True)
        change(lines)
        members[member] = b"".join(lines)

    return changed


def _added_text(commitment: str | None = None) -> MemberChange:
    """Add a text that no entry commits to."""
    text = {"nonce": "ab" * 16, "text": "slipped in"}
    name = commitment or digest(bytes.fromhex("ab" * 16) + b"slipped in")
    return _json("texts.json", lambda texts: texts | {name: text})


def _anchor(**fields: Any) -> MemberChange:
    row: Json = {"at": AT, "kind": "MAIL", "size": 5, "to": "a@b"}
    for name, value in fields.items():
        put(row, name, value)
    return lambda members, _log: members.update({"anchors.json": canonical.write([row])})


def _file(path: str) -> MemberChange:
    return lambda members, _log: members.update({path: b"slipped in"})


FAULTS: dict[str, MemberChange] = {
    **{f"no {name}": _without(name) for name in (*REQUIRED, "checkpoints.json", "anchors.json")},
    "a file that was not exported": _file("reports/slipped-in.pdf"),
    "a file beside the entries": _file("entries.json"),
    "a file whose name differs by case": _file("Entries.jsonl"),
    "an exported file gone": _without("reports/pack.pdf"),
    "an exported file changed": _text("reports/pack.pdf", lambda content: content + b" "),
    "a time stamp of size 0": _file("timestamps/0.tsr"),
    "a time stamp of size 012": _file("timestamps/012.tsr"),
    "a time stamp of a size above": _file("timestamps/18.tsr"),
    "a time stamp of a size without checkpoint": _file("timestamps/2.tsr"),
    "a time stamp of no size": _file("timestamps/x.tsr"),
    "a time stamp in capitals": _file("timestamps/12.TSR"),
    "entries without the last line feed": _text("entries.jsonl", lambda text: text[:-1]),
    "entries with a line feed too many": _text("entries.jsonl", lambda text: text + b"\n"),
    "entries with carriage returns": _text("entries.jsonl", lambda t: t.replace(b"\n", b"\r\n")),
    "entries with a byte order mark": _text("entries.jsonl", lambda text: b"\xef\xbb\xbf" + text),
    "an entry less than the manifest says": _lines("entries.jsonl", lambda lines: lines.pop()),
    "an entry twice": _lines("entries.jsonl", lambda lines: lines.append(lines[-1])),
    "two entries swapped": _lines("entries.jsonl", lambda lines: lines.insert(3, lines.pop(4))),
    "no entries at all": _text("entries.jsonl", lambda _text: b""),
    "documents without the last line feed": _text("documents.jsonl", lambda text: text[:-1]),
    "documents with an empty line": _text("documents.jsonl", lambda text: text + b"\n"),
    "documents in another order": _lines("documents.jsonl", lambda lines: lines.reverse()),
    "a document twice": _lines("documents.jsonl", lambda lines: lines.insert(0, lines[0])),
    "a document gone": _lines("documents.jsonl", lambda lines: lines.pop()),
    "a document changed": _text("documents.jsonl", lambda t: t.replace(b'"of":118', b'"of":119')),
    "no documents at all": _text("documents.jsonl", lambda _text: b""),
    "a text changed": _texts(lambda text: text.update(text=text["text"] + " ")),
    "a text's nonce changed": _texts(lambda text: text.update(nonce="ab" * 16)),
    "a text with a key too many": _texts(lambda text: text.update(at=AT)),
    "a text without nonce": _texts(lambda text: text.pop("nonce")),
    "a text that is no text": _texts(lambda text: text.update(text=7)),
    **{f"a text's nonce: {name}": _nonce(value) for name, value in NOT_NONCES.items()},
    "a text that no entry names": _added_text(),
    "a text with a name in capitals": _added_text("AB" * 32),
    "a text with another name": _added_text("ab" * 32),
    "texts as an array": _json("texts.json", lambda texts: list(texts.values())),
    "texts null": _json("texts.json", lambda _texts: None),
    "texts with a line feed": _text("texts.json", lambda text: text + b"\n"),
    "texts empty": _text("texts.json", lambda _text: b""),
    "checkpoints not by size": _checkpoints(lambda _log: [6, 5]),
    "a checkpoint twice": _checkpoints(lambda _log: [5, 5, 6]),
    "the checkpoint of another log": _other_checkpoint,
    "another checkpoint of the whole": _own_checkpoint_signed_by_more,
    "checkpoints as an object": _json("checkpoints.json", lambda _rows: {}),
    "a checkpoint that is no text": _json("checkpoints.json", lambda rows: [*rows[:1], 7]),
    "an empty checkpoint": _json("checkpoints.json", lambda _rows: [""]),
    "checkpoints with a space": _text("checkpoints.json", lambda text: text + b" "),
    "the checkpoint of the size before": _smaller_checkpoint,
    "anchors as an object": _json("anchors.json", lambda _rows: {}),
    "anchors with a space": _text("anchors.json", lambda text: b" " + text),
    "an anchor that is a text": _json("anchors.json", lambda _rows: ["sent"]),
    "an anchor without at": _anchor(at=GONE),
    "an anchor without kind": _anchor(kind=GONE),
    "an anchor without size": _anchor(size=GONE),
    "an anchor without to": _anchor(to=GONE),
    "an anchor with a key too many": _anchor(note="sent"),
    "an anchor at no moment": _anchor(at="yesterday"),
    "an anchor of size 0": _anchor(size=0),
    "an anchor of a size above": _anchor(size=18),
    "an anchor of a size as text": _anchor(size="5"),
    "an anchor to nobody": _anchor(to=None),
    "an anchor of a kind that is no text": _anchor(kind=None),
}
Naming = Callable[[list[Json]], Any]
EXPORTS: dict[str, Naming] = {
    "another hash": lambda files: files[0].update(sha256="ab" * 32),
    "a file not there": lambda files: files.append({"path": "b.pdf", "sha256": "ab" * 32}),
    "a key too many": lambda files: files[0].update(size=1),
    "no hash": lambda files: files[0].pop("sha256"),
    "a path twice": lambda files: files.append(dict(files[0])),
    "a row of text": lambda files: files.append("a.pdf"),  # type: ignore[arg-type]
}


def _changed(change: MemberChange, log: Log) -> Stages:
    def stage(members: Members) -> Members:
        change(members, log)
        return members

    return Stages(members=stage)


def _exports() -> Iterator[tuple[str, Log]]:
    for name, naming in EXPORTS.items():
        log = worlds.plain(2)
        log.export({"a.pdf": b"%PDF"})
        naming(log.entries[-1]["terms"]["files"])
        yield name, log
    log = worlds.plain(2)
    log.export({"a.pdf": b"%PDF"})
    log.add("OWNER_NAMED")
    yield "an entry after it", log
    log = worlds.plain(2)
    log.export({"a.pdf": b"%PDF"})
    log.entries[-1]["kind"] = "IMPORTED"
    yield "another kind", log
    odd: tuple[Any, ...] = ("a.pdf", {}, None)
    for wrong in odd:
        log = worlds.plain(2)
        log.add("EXPORTED", terms={"files": wrong})
        yield f"files: {wrong!r}", log
    log = worlds.plain(2)
    log.export({"texts.json": canonical.write(log.texts)})
    yield "a member that every pack has", log
    for reserved in ("VERIFY.txt", "timestamps/1.tsr", "timestamps/x"):
        log = worlds.plain(2)
        log.export({reserved: b"seen"})
        log.sizes = {1}
        yield f"what {reserved} is for", log


def bad_cases() -> Iterator[Case]:
    """Yield packs with one member that is wrong; the manifest fits it."""
    for name, fault in FAULTS.items():
        log = worlds.whole()
        yield cases.bad(f"member: {name}", log, stages=_changed(fault, log))
    yield _large_texts()
    for name, log in _exports():
        yield cases.bad(f"exported: {name}", log)


def good_cases() -> Iterator[Case]:
    """Yield packs with members that are right though unusual."""
    right: dict[str, MemberChange] = {
        "no texts to verify with": lambda members, _log: members.pop("VERIFY.txt"),
        "another text to verify with": _file("VERIFY.txt"),
        "an old verifier": _file("verify_record.py"),
        "no checkpoints on record": _checkpoints(lambda _log: []),
        "all checkpoints on record": _checkpoints(lambda log: list(range(1, len(log.entries) + 1))),
        "sent nowhere": _json("anchors.json", lambda _rows: []),
        "sent often": _json("anchors.json", lambda rows: rows * 3),
    }
    right["all checkpoints but the last"] = _checkpoints(
        lambda log: list(range(1, len(log.entries)))
    )
    for name, change in right.items():
        log = worlds.whole()
        if "checkpoints" in name:
            del log.files["timestamps/12.tsr"]
        yield cases.good(f"member: {name}", log, stages=_changed(change, log))
    log = worlds.plain(2)
    log.export({})
    yield cases.good("exported: nothing", log)
    pack = packs.make(log)
    yield Case("exported: nothing, unanchored", pack, *cases.expected(log, 0))
