"""FORMAT.md, section 2: entries, keys and texts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record.asking import member_json, reason
from tests.record_packs import worlds
from tests.record_packs.canonical import Json
from tests.record_packs.logs import Log
from tests.record_packs.packs import Stages

SYSTEM = {"id": None, "kind": "SYSTEM", "organisation": None}
FORM = "entry 2 was changed: the entry has no right "
KEYS = "entry 2 was changed: the entry has not the right keys"


def log() -> Log:
    """Return three entries that a client, the system and a partner made."""
    made = Log("entries")
    made.add("OWNER_NAMED", texts={"note": "words"})
    made.add("DECISION_RECORDED", by="PARTNER", subject=made.subject(), terms={"a": {"b": [1]}})
    return made


def told(change: Callable[[Json], Any], *, seq: int = 2) -> str:
    """Return why a log is refused in which one entry was changed before hashing."""
    made = log()
    change(made.entries[seq])
    return reason(made)


def without(key: str) -> Callable[[Json], Any]:
    """Return a change that takes a key away."""
    return lambda entry: entry.pop(key)


def test_a_log_is_not_refused_as_it_is() -> None:
    assert reason(log()) == ""
    assert reason(worlds.mixed(60)) == ""


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("version", 2), ("version", True), ("version", "1"), ("seq", "2"), ("seq", -1),
        ("origin", "gate.example"), ("project", "1"), ("project", None),
        ("at", "2026-01-05T08:00:00Z"), ("at", "2026-02-30T08:00:00.000000Z"), ("at", None),
        ("kind", ""), ("kind", "decision"), ("kind", "A" * 41), ("kind", "A B"), ("kind", "A\n"),
        ("actor", None), ("actor", {}), ("actor", SYSTEM | {"kind": "CLIENT"}),
        ("actor", SYSTEM | {"kind": "ROBOT"}), ("actor", SYSTEM | {"more": None}),
        ("actor", SYSTEM | {"id": "47dba0ac-e66e-920a-cb13-162fd02d87e0"}),
        ("subject", {}), ("subject", "a"), ("subject", {"id": "1", "noun": "a"}),
        ("subject", {"id": "47dba0ac-e66e-920a-cb13-162fd02d87e0", "noun": 1}),
        ("terms", None), ("terms", []), ("texts", None), ("texts", {"note": "words"}),
        ("texts", {"note": "A" * 64}), ("nonce", "0" * 31), ("nonce", "A" * 32), ("nonce", None),
    ],
)  # fmt: skip
def test_every_value_has_its_form(key: str, value: Any) -> None:
    assert told(lambda entry: entry.update({key: value})) == FORM + key


def test_there_are_exactly_these_keys() -> None:
    for key in log().entries[2]:
        assert told(without(key)) == KEYS
    assert told(lambda entry: entry.update(more=1)) == KEYS


def test_numbers_have_no_gap() -> None:
    assert told(lambda entry: entry.update(seq=3)) == "entry 2 was changed: its number is 3"
    assert told(lambda entry: entry.update(seq=0)) == "entry 2 was changed: its number is 0"


def test_no_entry_is_older_than_the_one_before() -> None:
    before = log().entries[1]["at"]
    assert told(lambda entry: entry.update(at=before)) == ""
    earlier = before.replace("2026", "2025")
    assert "older than the entry before" in told(lambda entry: entry.update(at=earlier))


def test_origin_and_project_are_the_same_in_every_entry() -> None:
    project = "47dba0ac-e66e-920a-cb13-162fd02d87e0"
    assert "another project" in told(lambda entry: entry.update(project=project))
    assert "another log" in told(lambda entry: entry.update(origin=f"gate.example/p/{project}"))


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"client": None}, "it names no client"),
        ({"client": "client"}, "it names no client"),
        ({"format": "readiness-record@2"}, "another format"),
        ({"key": None}, "not in the form of a verifier key"),
        ({"key": "gate.example"}, "not in the form of a verifier key"),
        ({"more": 1}, ""),
    ],
)
def test_entry_0_starts_the_log(terms: Json, why: str) -> None:
    assert why in told(lambda entry: entry["terms"].update(terms), seq=0)
    if not why:
        assert told(lambda entry: entry["terms"].update(terms), seq=0) == ""


def test_only_entry_0_starts_the_log() -> None:
    stands = "LOG_STARTED stands first"
    assert stands in told(lambda entry: entry.update(kind="OTHER"), seq=0)
    start = log().entries[0]["terms"]
    assert stands in told(lambda entry: entry.update(kind="LOG_STARTED", terms=start))


@pytest.mark.parametrize(
    "change",
    [
        lambda key: key.upper(),
        lambda key: key.replace("+", " ", 1),
        lambda key: key + "\n",
        lambda key: key[:-1],
        lambda key: key.replace("gate", "gatf"),  # another identifier
        lambda key: f"gate.example+{'0' * 8}+{key.split('+', 2)[2]}",
        lambda key: "+Ag".join((key[:21], key[24:])),  # not Ed25519
        lambda _key: {"key": 1},
    ],
)
def test_a_rotation_names_a_verifier_key(change: Callable[[str], Any]) -> None:
    made = log()
    made.rotate()
    assert reason(made) == ""
    made.entries[3]["terms"]["key"] = change(made.entries[3]["terms"]["key"])
    assert reason(made).startswith(("entry 3 was changed: a key ", "entry 3 was changed: its base"))


def test_no_other_kind_names_a_key() -> None:
    assert told(lambda entry: entry["terms"].update(key="anything")) == ""


def test_a_body_is_at_most_a_mebibyte() -> None:
    for more, why in ((0, ""), (1, "entries.jsonl has a line that is too long")):
        made = log()
        body = len(made.bodies()[2])
        made.entries[2]["terms"]["pad"] = "x" * (2**20 - body - len(',"pad":""') + more)
        assert reason(made).startswith(why)
        assert bool(reason(made)) == bool(why)


class TestTexts:
    def test_that_is_kept_is_the_one_the_entry_names(self) -> None:
        def change(texts: Json) -> None:
            next(iter(texts.values()))["text"] += "!"

        assert "of entry 1 was changed" in reason(log(), stages=member_json("texts.json", change))

    @pytest.mark.parametrize(
        "value",
        [
            None, {}, {"nonce": "0" * 32}, {"nonce": "0" * 31, "text": "a"},
            {"nonce": "0" * 32, "text": None}, {"nonce": "0" * 32, "text": "a", "more": 1},
        ],
    )  # fmt: skip
    def test_have_their_form(self, value: Any) -> None:
        stages = member_json("texts.json", lambda texts: dict.fromkeys(texts, value))
        assert reason(log(), stages=stages).startswith("text ")
        assert reason(log(), stages=member_json("texts.json", lambda _: [])).startswith(
            "texts.json"
        )

    def test_each_stand_in_an_entry(self) -> None:
        made = log()
        made.commit("nobody names this")
        assert "is named by no entry" in reason(made)

    def test_that_is_gone_is_named_by_a_later_entry(self) -> None:
        made = log()
        name = made.entries[1]["texts"]["note"]
        text = made.texts.pop(name)
        gone = "a text of entry 1 is gone, and no later entry says that it was erased"
        assert reason(made) == gone
        made.texts[name] = text
        made.erase(name)
        assert reason(made) == ""
        made.add("OTHER")
        made.entries[4]["texts"] = {"note": name}  # named again after it was erased
        assert reason(made) == gone.replace("1", "4")

    def test_that_is_erased_is_named_by_an_erasure_after_it_and_not_by_itself(self) -> None:
        made = log()
        made.add("TEXT_ERASED", texts={"note": "self"})
        name = made.entries[3]["texts"]["note"]
        made.entries[3]["terms"] = {"commitments": [name]}
        del made.texts[name]
        assert "a text of entry 3 is gone" in reason(made)

    @pytest.mark.parametrize(
        "terms", [{}, {"commitments": "a"}, {"commitments": ["a"]}, {"commitments": [], "more": 1}]
    )
    def test_are_erased_by_exact_terms(self, terms: Json) -> None:
        made = log()
        made.add("TEXT_ERASED", terms=terms)
        assert reason(made).startswith("entry 3 was changed: the terms ")


class TestTheTree:
    def test_shows_that_an_entry_was_changed(self) -> None:
        made = log()
        made.sizes = {1, 2}
        good = made.bodies()
        changed = [*good[:1], good[1].replace(b"OWNER_NAMED", b"OWNER_MOVED"), *good[2:]]
        stages = Stages(members=lambda each: each | {"entries.jsonl": b"\n".join([*changed, b""])})
        entries = "entries 1 to 1, or the checkpoint after them, changed"
        assert reason(made, stages=stages) == f"{entries}: it has another root than the entries"

    @pytest.mark.parametrize(
        "change",
        [
            lambda bodies: bodies[:-1],
            lambda bodies: bodies[1:],
            lambda bodies: [*bodies, bodies[-1]],
            lambda bodies: [bodies[0], bodies[2], bodies[1]],
            lambda bodies: [*bodies, b""],
            lambda bodies: [b" " + bodies[0], *bodies[1:]],
        ],
    )
    def test_shows_that_one_was_left_out_or_put_in(
        self, change: Callable[[list[bytes]], list[bytes]]
    ) -> None:
        lines = b"".join(body + b"\n" for body in change(log().bodies()))
        stages = Stages(members=lambda each: each | {"entries.jsonl": lines})
        assert reason(log(), stages=stages)

    def test_needs_a_newline_after_the_last_entry(self) -> None:
        stages = Stages(
            members=lambda each: each | {"entries.jsonl": each["entries.jsonl"].rstrip(b"\n")}
        )
        assert "does not end" in reason(log(), stages=stages)
