"""FORMAT.md, section 6: what the members say of each other."""

from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record.asking import (
    Change,
    manifest,
    member,
    member_json,
    reason,
)
from tests.record_packs import keys, merkle, worlds
from tests.record_packs.logs import Log
from tests.record_packs.packs import Members, Stages

OTHER = "47dba0ac-e66e-920a-cb13-162fd02d87e0"
FIXED = [
    "checkpoint.txt", "entries.jsonl", "documents.jsonl", "texts.json", "checkpoints.json",
    "anchors.json",
]  # fmt: skip


def log() -> Log:
    """Return four entries with checkpoints over one and three."""
    made = worlds.plain(4)
    made.sizes = {1, 3}
    return made


def test_a_pack_is_not_refused_as_it_is() -> None:
    assert reason(log()) == reason(worlds.whole()) == ""


@pytest.mark.parametrize("path", FIXED)
def test_every_member_is_there(path: str) -> None:
    def without(members: Members) -> Members:
        return {name: each for name, each in members.items() if name != path}

    assert reason(log(), stages=Stages(members=without)) == f"{path} is not in the pack"


class TestManifest:
    @pytest.mark.parametrize(
        ("key", "value"),
        [
            ("format", "readiness-record-pack@2"), ("origin", "gate.example"), ("project", "1"),
            ("client", None), ("project_name", None), ("client_name", 1), ("size", "4"),
            ("size", 0),
            ("size", True), ("root", "0" * 63), ("root", None), ("files", None), ("files", {}),
            ("files", [{"path": "a", "sha256": "0" * 64}]),
        ],
    )  # fmt: skip
    def test_has_its_form(self, key: str, value: Any) -> None:
        found = reason(log(), stages=manifest(lambda each: each | {key: value}))
        assert found == f"manifest.json has no right {key}"

    def test_has_exactly_its_keys(self) -> None:
        found = reason(log(), stages=manifest(lambda each: each | {"more": 1}))
        assert found == "manifest.json has not the right keys"

    def test_is_canonical(self) -> None:
        found = reason(log(), stages=Stages(written=lambda each: each.replace(b":", b": ", 1)))
        assert found == "manifest.json: is not canonical JSON"

    @pytest.mark.parametrize(
        ("key", "value", "why"),
        [
            ("origin", f"gate.example/p/{OTHER}", "origin and project differ"),
            ("project", OTHER, "origin and project differ"),
            ("client", OTHER, "the manifest has another client"),
            ("root", "0" * 64, "the manifest has another root"),
            ("size", 3, "there are 4 entries, and the manifest says 3"),
            ("size", 5, "there are 4 entries, and the manifest says 5"),
            ("size", 1_000_001, "the record is too long"),
            ("project_name", "Another", ""),
        ],
    )
    def test_says_what_the_entries_say(self, key: str, value: Any, why: str) -> None:
        assert reason(log(), stages=manifest(lambda each: each | {key: value})) == why

    def test_is_of_the_log_that_is_there(self) -> None:
        other = {"origin": f"gate.example/p/{OTHER}", "project": OTHER}
        assert "another log" in reason(log(), stages=manifest(lambda each: each | other))

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (lambda files: files[:-1], "other files than there are"),
            (lambda files: files[::-1], "other files than there are"),
            (lambda files: [*files, files[-1]], "other files than there are"),
            (lambda files: [*files, files[0] | {"path": "z"}], "other files than there are"),
            (lambda files: [files[0] | {"size": 1}, *files[1:]], "is not the file that"),
            (lambda files: [files[0] | {"sha256": "0" * 64}, *files[1:]], "is not the file that"),
        ],
    )
    def test_names_every_other_member(self, change: Change, why: str) -> None:
        stages = manifest(lambda each: each | {"files": change(each["files"])})
        assert why in reason(log(), stages=stages)


class TestCheckpoints:
    @pytest.mark.parametrize(
        ("change", "why"),
        [
            (lambda notes: [], ""),
            (lambda notes: notes[:1], ""),
            (lambda notes: notes[::-1], "not in the order of their sizes"),
            (lambda notes: [*notes, notes[-1]], "not in the order of their sizes"),
            (lambda notes: {}, "is not an array of texts"),
            (lambda notes: [*notes, None], "is not an array of texts"),
            (lambda notes: [*notes, ""], "is not in the form of a checkpoint"),
        ],
    )
    def test_stand_in_the_order_of_their_sizes(self, change: Change, why: str) -> None:
        found = reason(log(), stages=member_json("checkpoints.json", change))
        assert why in found
        assert bool(found) == bool(why)

    def test_may_end_in_that_of_the_pack(self) -> None:
        made = log()
        own = made.checkpoint().decode()
        good = member_json("checkpoints.json", lambda notes: [*notes, own])
        assert reason(made, stages=good) == ""
        for change in (lambda notes: [own, *notes], lambda notes: [*notes, own, own]):
            assert "not the last" in reason(made, stages=member_json("checkpoints.json", change))

    def test_of_the_size_of_the_pack_are_that_of_the_pack(self) -> None:
        made, other = log(), keys.NoteKey("witness", "witness")
        text = made.checkpoint().split(b"\n\n")[0] + b"\n"
        twin = keys.note(text, made.key.line(text), other.line(text)).decode()
        stages = member_json("checkpoints.json", lambda notes: [*notes, twin])
        assert "not in the order" in reason(made, stages=stages)

    def test_have_the_roots_of_the_entries(self) -> None:
        made = log()
        text = keys.checkpoint_text(made.origin, 3, merkle.root([merkle.leaf(b"other")]))
        wrong = keys.note(text, made.key.line(text)).decode()
        stages = member_json("checkpoints.json", lambda notes: [notes[0], wrong])
        entries = "entries 1 to 2, or the checkpoint after them, changed"
        assert reason(made, stages=stages) == f"{entries}: it has another root than the entries"

    def test_are_not_larger_than_the_pack(self) -> None:
        longer = worlds.plain(6)
        assert [longer.entries[at] for at in range(4)] == worlds.plain(4).entries
        stages = member_json("checkpoints.json", lambda notes: [longer.checkpoint().decode()])
        assert "the end of the pack was cut off" in reason(worlds.plain(4), stages=stages)

    def test_are_whole_in_a_file_of_their_own(self) -> None:
        for change in (lambda note: note[:-1], lambda note: note + b"\n", lambda note: b"\xff"):
            found = reason(log(), stages=Stages(checkpoint=change))
            assert found == "checkpoint.txt: is not in the form of a checkpoint"
        made = log()
        found = reason(made, stages=Stages(checkpoint=lambda _: made.checkpoint(2)))
        assert "checkpoint" in found


class TestAnchors:
    GOOD = {"at": "2026-01-05T08:00:00.123456Z", "kind": "MAIL", "size": 1, "to": "a@b"}

    @pytest.mark.parametrize(
        ("value", "good"),
        [
            ([], True), ([GOOD], True), ([GOOD, GOOD], True), ({}, False), ([None], False),
            ([GOOD | {"size": 0}], False), ([GOOD | {"size": 5}], False),
            ([GOOD | {"size": "1"}], False), ([GOOD | {"at": "2026-01-05"}], False),
            ([GOOD | {"kind": None}], False), ([GOOD | {"to": None}], False),
            ([GOOD | {"more": 1}], False),
        ],
    )  # fmt: skip
    def test_say_where_checkpoints_were_sent(self, value: Any, good: bool) -> None:
        found = reason(log(), stages=member_json("anchors.json", lambda _: value))
        assert found == ("" if good else "anchors.json is not in the right form")


class TestOtherMembers:
    @pytest.mark.parametrize("path", ["VERIFY.txt", "verify_record.py", "verify_record.mjs"])
    def test_are_not_looked_at_beyond_the_manifest(self, path: str) -> None:
        made = log()
        made.files[path] = b"\xff"
        assert reason(made) == ""

    @pytest.mark.parametrize(
        ("path", "why"),
        [
            ("timestamps/1.tsr", ""), ("timestamps/3.tsr", ""), ("timestamps/4.tsr", ""),
            ("timestamps/2.tsr", "does not belong"), ("timestamps/03.tsr", "does not belong"),
            ("timestamps/5.tsr", "does not belong"), ("timestamps/0.tsr", "does not belong"),
            ("timestamps/x", "does not belong"), ("timestamps/" + "9" * 5000, "does not belong"),
            ("more.txt", "does not belong"), ("verify_record.pyc", "does not belong"),
            ("VERIFY.TXT", "does not belong"),
        ],
    )  # fmt: skip
    def test_belong_in_the_pack(self, path: str, why: str) -> None:
        made = log()
        made.files[path] = b"more"
        assert why in reason(made)
        assert bool(reason(made)) == bool(why)

    def test_are_named_by_the_last_entry(self) -> None:
        made = log()
        made.export({"more/a.txt": b"a", "b": b""})
        assert reason(made) == ""
        made.files["more/a.txt"] = b"b"
        assert "names 'more/a.txt', which may not be" in reason(made)
        del made.files["more/a.txt"]
        assert "names 'more/a.txt', which may not be" in reason(made)

    def test_are_named_by_the_last_entry_alone(self) -> None:
        made = log()
        made.export({"a.txt": b"a"})
        made.add("OTHER")
        assert reason(made) == "a.txt does not belong in the pack"

    @pytest.mark.parametrize(
        "terms",
        [
            {}, {"files": None}, {"files": {}}, {"files": [{"path": "a"}]},
            {"files": [{"path": "a", "sha256": "0"}]},
            {"files": [{"path": "a", "sha256": "0" * 64, "size": 1}]},
        ],
    )  # fmt: skip
    def test_are_named_in_the_right_form(self, terms: Any) -> None:
        made = log()
        made.add("EXPORTED", terms=terms)
        assert "in the right form" in reason(made)
        made.add("OTHER")
        assert reason(made) == ""

    @pytest.mark.parametrize("path", ["VERIFY.txt", "manifest.json", "timestamps/3.tsr"])
    def test_are_none_of_the_known_ones(self, path: str) -> None:
        made = log()
        made.export({path: b"a"})
        if path == "manifest.json":
            del made.files[path]
        assert f"names '{path}', which may not" in reason(made)

    def test_are_named_once(self) -> None:
        made = log()
        made.export({"a.txt": b"a"})
        made.entries[-1]["terms"]["files"] *= 2
        assert reason(made) == "the last entry names a file twice"


def test_no_json_is_larger_than_64_mebibytes() -> None:
    found = reason(log(), stages=member("texts.json", lambda _: b" " * (2**26 + 1)))
    assert found == "texts.json: is too large"
