"""Sections 1 and 2 of the format: a sentence that is broken is refused, for that reason."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import (
    CLIENT,
    PROJECT,
    SIGNER,
    Json,
    Key,
    World,
    canonical,
    moment,
)
from tests.governance.record.verifiers.verify_record_mjs.calling import Case, Cases

CASES = Cases()
OTHER = "00000000-0000-4000-8000-000000000000"


def _world() -> World:
    world = World().start()
    for kind in ("OWNER_NAMED", "DATE_MOVED"):
        world.add(kind, {"phase": 2}, texts={"why": world.text(f"because of {kind} €")})
    return world


@CASES
def good() -> Case:
    """Verify the pack that every other case breaks."""
    return Case(_world().pack())


@CASES
def good_in_every_form_that_is_allowed() -> Case:
    """Verify entries by everybody, about nothing, of one moment, with the longest kind."""
    world = _world()
    world.add("K" * 40, actor={"id": OTHER, "kind": "PARTNER", "organisation": OTHER})
    world.add("A_1", subject=None, at=moment(3), texts={"a": world.text("a"), "b": world.text("b")})
    deep: Any = 1
    for _ in range(30):
        deep = [deep]
    world.add("DEEP", {"least": -(2**53) + 1, "most": 2**53 - 1, "deep": deep}, at=moment(3))
    return Case(world.pack())


@CASES
def good_longest_body() -> Case:
    """Verify an entry of 1 MiB, and no byte more."""
    world = _world()
    world.entries[1]["terms"] = {"a": ""}
    world.entries[1]["terms"]["a"] = "x" * (2**20 - len(canonical(world.entries[1])))
    return Case(world.pack())


def _changed(seq: int, key: str, value: object) -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        world.entries[seq][key] = value
        return Case(world.pack(), f"entry {seq}: ")

    return make


WRONG: dict[str, list[object]] = {
    "version": [0, 2, "1", None, True],
    "origin": [f"other.example.com/p/{PROJECT}", f"gate.example.com/p/{OTHER}", "", None, 1],
    "project": [OTHER, CLIENT.upper(), PROJECT.replace("-", ""), None],
    "seq": [0, 2, -1, "1", None],
    "at": [
        moment(0).replace("2026", "2025"),
        "2026-11-23T14:00:01.00000Z",
        "2026-11-23T14:00:01.0000000Z",
        "2026-11-23T14:00:01.000001+00:00",
        "2026-11-23 14:00:01.000001Z",
        "2027-02-29T14:00:01.000001Z",
        "2026-13-01T14:00:01.000001Z",
        "2026-11-31T14:00:01.000001Z",
        "2026-11-24T24:00:00.000000Z",
        "2026-11-23T14:00:60.000000Z",
        "2026-11-23T14:60:00.000000Z",
        "0000-01-01T00:00:00.000000Z",
        moment(1) + "\n",
        None,
        5,
    ],
    "kind": ["", "owner", "A" * 41, "A B", "A-B", "Ä", "A\n", None, 1],
    "actor": [
        None,
        {},
        "SYSTEM",
        [],
        {"id": SIGNER, "kind": "SYSTEM", "organisation": None},
        {"id": None, "kind": "SYSTEM", "organisation": CLIENT},
        {"id": None, "kind": "CLIENT", "organisation": CLIENT},
        {"id": SIGNER, "kind": "PARTNER", "organisation": None},
        {"id": SIGNER, "kind": "OTHER", "organisation": CLIENT},
        {"id": SIGNER.upper(), "kind": "CLIENT", "organisation": CLIENT.upper()},
        {"id": SIGNER, "kind": "CLIENT"},
        {"id": SIGNER, "kind": "CLIENT", "organisation": CLIENT, "name": "Sam"},
    ],
    "subject": [
        "project",
        {"id": PROJECT},
        {"noun": "project"},
        {"id": 7, "noun": "project"},
        {"id": "7", "noun": "project"},
        {"id": PROJECT, "noun": None},
        {"id": PROJECT, "noun": "project", "name": "x"},
    ],
    "terms": [None, [], "", 1],
    "texts": [None, [], {"why": None}, {"why": "short"}, {"why": "A" * 64}, {"why": ["0" * 64]}],
    "nonce": ["", "0" * 31, "0" * 33, "A" * 32, "g" * 32, "0" * 32 + "\n", None, 0],
}
for name, values in WRONG.items():
    for i, wrong in enumerate(values):
        CASES.add(f"{name}_{i}", _changed(1, name, wrong))


def _missing(key: str) -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        del world.entries[1][key]
        return Case(world.pack(), f'entry 1: "{key}" is missing')

    return make


for name in WRONG:
    CASES.add(f"no_{name}", _missing(name))


@CASES
def one_key_more() -> Case:
    """Refuse a key that the page does not know."""
    world = _world()
    world.entries[1]["more"] = None
    return Case(world.pack(), "entry 1: a key that is not known")


@CASES
def not_an_object() -> Case:
    """Refuse an entry that is a list."""
    world = _world()
    world.bodies[1] = b"[]"
    return Case(world.pack(), "entry 1: not an object")


def _body(change: Callable[[bytes], bytes], reason: str) -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        world.bodies[1] = change(canonical(world.entries[1]))
        return Case(world.pack(), f"entry 1: {reason}")

    return make


BODIES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "white_space": (lambda body: body + b" ", "not the canonical form"),
    "key_twice": (lambda body: body[:-1] + b',"version":1}', "not the canonical form"),
    "mark": (lambda body: b"\xef\xbb\xbf" + body, "not UTF-8"),
    "return": (lambda body: body + b"\r", "not the canonical form"),
    "latin": (lambda body: body.replace(b"phase", b"ph\xe4se"), "not UTF-8"),
    "escape": (lambda body: body.replace(b"phase", b"ph\\u0061se"), "not the canonical form"),
    "surrogate": (lambda body: body.replace(b"phase", b"ph\\ud800se"), "a lone surrogate"),
    "decimal": (lambda body: body.replace(b":2", b":2.5"), "a number that is not"),
    "large": (lambda body: body.replace(b":2}", b":9007199254740992}"), "a number that is not"),
    "broken": (lambda body: body[:-1], "not JSON"),
    "deep": (lambda body: body.replace(b":2", b":" + b"[" * 31 + b"]" * 31), "nested too deep"),
    "bombs": (lambda body: body.replace(b":2", b":" + b"[" * 500_000), "nested too deep"),
    "long": (
        lambda body: body.replace(b"phase", b"x" * (2**20 - len(body) + 6)),
        "longer than 1048576",
    ),
}
for name, (change, words) in BODIES.items():
    CASES.add(f"body_{name}", _body(change, words))


@CASES
def first_entry_is_another() -> Case:
    """Refuse a log that does not begin with LOG_STARTED."""
    world = _world()
    world.entries[0]["kind"] = "LOG_BEGUN"
    return Case(world.pack(), "entry 0: LOG_STARTED is the first")


@CASES
def log_starts_twice() -> Case:
    """Refuse a second LOG_STARTED, which would name a key."""
    world = _world()
    world.add("LOG_STARTED", world.entries[0]["terms"])
    return Case(world.pack(), "entry 3: LOG_STARTED is the first entry and no other")


START: list[tuple[str, object, str]] = [
    ("client", OTHER, "another client or format"),
    ("client", None, "another client or format"),
    ("format", "readiness-record@2", "another client or format"),
    ("key", None, "not in the form of a verifier key"),
    ("key", "gate", "not in the form of a verifier key"),
    ("key", Key(2).text + "\n", "not in the form of a verifier key"),
    ("key", Key(2).text.replace("gate", "Gate"), "another's identifier"),
    ("key", " " + Key(2).text, "not in the form of a verifier key"),
    ("key", Key(2).text + "=", "base64"),
    ("key", "".join(Key(2).text.rpartition("+")[:2]) + "AQ==", "not of Ed25519"),
]


def _started(key: str, value: object, reason: str) -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        world.entries[0]["terms"][key] = value
        return Case(world.pack(), reason)

    return make


for i, (name, wrong, words) in enumerate(START):
    CASES.add(f"start_{name}_{i}", _started(name, wrong, words))


@CASES
def rotated_to_what_is_no_key() -> Case:
    """Refuse an entry of KEY_ROTATED that names no key."""
    world = _world()
    world.add("KEY_ROTATED", {"key": "x"})
    return Case(world.pack(), "entry 3: a key that is not in the form")


@CASES
def good_with_more_terms_at_the_start_and_a_key_in_another_kind() -> Case:
    """Take more terms in LOG_STARTED; `key` in another kind is no key."""
    world = _world()
    world.entries[0]["terms"]["more"] = 1
    world.add("CRITERION", {"key": "open-defects"})
    return Case(world.pack())


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Case, Json]]:
    """Verify every case of this file at one go."""
    return CASES.judged(tmp_path_factory.mktemp("packs"))


@pytest.mark.parametrize("name", CASES.makers)
def test_case(judged: dict[str, tuple[Case, Json]], name: str) -> None:
    case, said = judged[name]
    assert said["verdict"] == ("NOT_ANCHORED" if name.startswith("good") else "INVALID"), said
    assert case.reason in said["reason"]
    assert bool(said["reason"]) == (said["verdict"] == "INVALID")
    assert "cannot be read" not in said["reason"]
