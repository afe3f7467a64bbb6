"""Free texts (sections 2 and 6 of the format): kept apart, and gone only where an entry says so."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import Json, World
from tests.governance.record.verifiers.verify_record_mjs.calling import Case, Cases

CASES = Cases()


def _world() -> World:
    world = World().start()
    for kind in ("OWNER_NAMED", "DATE_MOVED"):
        world.add(kind, {"phase": 2}, texts={"why": world.text(f"because of {kind} €")})
    return world


def _erased(seq: int, **terms: Any) -> World:
    """Return a world whose entry 2 has a text that is gone, named by an entry `seq`."""
    world = World().start()
    entries: list[tuple[str, Json, Json]] = [("A", {}, {}), ("B", {}, {}), ("C", {}, {})]
    commitment = world.text("gone")
    entries[1] = ("B", {}, {"why": commitment})
    erasing: tuple[str, Json, Json] = ("TEXT_ERASED", {"commitments": [commitment], **terms}, {})
    entries.insert(seq - 1, erasing)
    for kind, more, texts in entries:
        world.add(kind, more, texts=texts)
    world.texts.clear()
    return world


CASES.add("good_erased", lambda: Case(_erased(3).pack()))
CASES.add("good_erased_last", lambda: Case(_erased(4).pack()))
CASES.add("erased_before", lambda: Case(_erased(2).pack(), "a text of entry 3 is gone"))
CASES.add("erased_others", lambda: Case(_erased(3, commitments=["0" * 64]).pack(), "is gone"))
CASES.add("erased_form", lambda: Case(_erased(3, commitments=["0"]).pack(), "not in its form"))
CASES.add("erased_null", lambda: Case(_erased(3, commitments=None).pack(), "not in its form"))
CASES.add("erased_more", lambda: Case(_erased(3, more=1).pack(), "a key that is not known"))


@CASES
def erased_itself() -> Case:
    """Refuse an erasure that holds the text that it says is gone."""
    world = _world()
    gone = world.text("gone")
    world.add("TEXT_ERASED", {"commitments": [gone]}, texts={"why": gone})
    del world.texts[gone]
    return Case(world.pack(), "a text of entry 3 is gone")


@CASES
def erased_between() -> Case:
    """Refuse an erasure after which another entry holds the same text."""
    world = _world()
    gone = world.text("gone")
    world.add("A", texts={"why": gone})
    world.add("TEXT_ERASED", {"commitments": [gone]})
    world.add("B", texts={"why": gone})
    del world.texts[gone]
    return Case(world.pack(), "a text of entry 5 is gone")


def _texts(change: Callable[[Json], None], reason: str) -> Callable[[], Case]:
    def make() -> Case:
        world = _world()
        change(world.texts)
        return Case(world.pack(), reason)

    return make


def _first(texts: Json) -> Json:
    found: Json = next(iter(texts.values()))
    return found


TEXTS: dict[str, tuple[Callable[[Json], Any], str]] = {
    "gone": (lambda texts: texts.popitem(), "is gone and no later entry says so"),
    "changed": (lambda texts: _first(texts).update(text="x"), "another text than committed to"),
    "nonce": (lambda texts: _first(texts).update(nonce="0" * 32), "another text than committed"),
    "short": (lambda texts: _first(texts).update(nonce="0" * 30), '"nonce" is not in its form'),
    "capital": (lambda texts: _first(texts).update(nonce="A" * 32), '"nonce" is not in its form'),
    "number": (lambda texts: _first(texts).update(text=1), '"text" is not in its form'),
    "more": (lambda texts: _first(texts).update(more=1), "a key that is not known"),
    "nobody's": (lambda texts: texts.update({"0" * 64: _first(texts)}), "no entry holds it"),
}
for name, (alter, words) in TEXTS.items():
    CASES.add(f"texts_{name}", _texts(alter, words))


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
