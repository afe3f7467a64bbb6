"""Sections 3 and 4 of the format: a sentence that is broken is refused, for that reason."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record_mjs.building import (
    CLIENT,
    PROJECT,
    SIGNER,
    Json,
    World,
)
from tests.governance.record.verifiers.verify_record_mjs.calling import Case, Cases
from tests.governance.record.verifiers.verify_record_mjs.passkeys import PASSKEYS, asserting
from tests.governance.record.verifiers.verify_record_mjs.signing import a_statement, signed

CASES = Cases()
OTHER = "00000000-0000-4000-8000-000000000000"


def _case(reason: str = "", kind: str = "SIGNED", **changes: Any) -> Callable[[], Case]:
    """Return what makes a pack with one signature, entry 1; `entry` changes it afterwards."""

    def make() -> Case:
        world = World().start()
        entry = signed(world, kind, **changes)
        entry.update(changes.get("entry", {}))
        return Case(world.pack(), reason)

    return make


for act in ("SIGNED", "REFUSED", "WITHDRAWN"):
    CASES.add(f"good_{act}", _case(kind=act))
CASES.add("good_reset", _case(terms={"reset_hours": 0}))
CASES.add("good_single_sign_on", _case(terms={"method": "SINGLE_SIGN_ON"}))
CASES.add("good_delegation", _case(statement={"delegation": {"by": "the sponsor"}}))

TERMS: dict[str, list[object]] = {
    "statement": ["0" * 63, "A" * 64, None],
    "method": ["PASSWORD", "password_totp", "", None],
    "assertion": [{}, [], "", False],
    "signer_name": [None, 1],
    "signer_organisation_name": [None, 1],
    "reset_hours": [-1, "1", False, [1]],
}
for name, values in TERMS.items():
    for i, wrong in enumerate(values):
        reason = f'entry 1: "{name}" is not in its form'
        CASES.add(f"terms_{name}_{i}", _case(reason, terms={name: wrong}))
CASES.add("terms_more", _case("a key that is not known", terms={"more": None}))
CASES.add("terms_name", _case("another signer", terms={"signer_name": "Someone Else"}))
CASES.add("terms_org", _case("another signer", terms={"signer_organisation_name": "Other"}))
CASES.add("terms_gone", _case("its statement is not in the pack", terms={"statement": "0" * 64}))


def _without(part: str, key: str) -> Callable[[], Case]:
    def make() -> Case:
        world = World().start()
        if part == "terms":
            del signed(world)["terms"][key]
            return Case(world.pack(), f'"{key}" is missing')
        exhibit = world.document({})
        statement = a_statement("SIGNED", exhibit, 1)
        del statement[key]
        signed(world, terms={"statement": world.document(statement)})
        return Case(world.pack(), f'"{key}" is missing')

    return make


for name in TERMS:
    CASES.add(f"terms_no_{name}", _without("terms", name))

ENTRY: dict[str, tuple[Json, str]] = {
    "subject_null": ({"subject": None}, "a signature about nothing"),
    "subject": ({"subject": {"id": OTHER, "noun": "project"}}, "another subject"),
    "noun": ({"subject": {"id": PROJECT, "noun": "process"}}, "another subject"),
    "act": ({"kind": "REFUSED"}, "another act"),
    "partner": (
        {"actor": {"id": SIGNER, "kind": "PARTNER", "organisation": CLIENT}},
        "not signed by the client",
    ),
    "other_client": (
        {"actor": {"id": SIGNER, "kind": "CLIENT", "organisation": OTHER}},
        "not signed by the client",
    ),
    "system": (
        {"actor": {"id": None, "kind": "SYSTEM", "organisation": None}},
        "not signed by the client",
    ),
    "signer": (
        {"actor": {"id": OTHER, "kind": "CLIENT", "organisation": CLIENT}},
        "another signer",
    ),
    "reason_slipped_in": ({"texts": {"reason": "0" * 64}}, "not the reason of its statement"),
    "text_slipped_in": ({"texts": {"other": "0" * 64}}, "not the reason of its statement"),
}
for name, (entry, words) in ENTRY.items():
    CASES.add(
        f"entry_{name}",
        _case(words, entry=entry),
    )

STATEMENT: dict[str, list[object]] = {
    "format": ["readiness-statement@2", None],
    "act": ["WITHDRAWN", None],
    "kind": ["", "scope", "SCOPE-1", "SCOPE2", None],
    "origin": [f"other.example.com/p/{PROJECT}", None],
    "project": [OTHER, None],
    "subject": [{"id": OTHER, "noun": "project"}, {"id": PROJECT, "noun": "x"}, None],
    "title": [None, 1],
    "authority": [None, ["owner"]],
    "delegation": ["sponsor", [], False],
    "exhibit": ["0" * 64, "0" * 63, None],
    "zone": [None, 1],
    "challenge": ["0" * 31, "A" * 32, None],
    "reason": ["0" * 63, "", False],
    "more": [None],
}
for name, values in STATEMENT.items():
    for i, wrong in enumerate(values):
        CASES.add(f"statement_{name}_{i}", _case("entry 1: ", statement={name: wrong}))
for name in sorted(set(STATEMENT) - {"more", "reason", "exhibit"}):
    CASES.add(f"statement_no_{name}", _without("statement", name))
SIGNER_CHANGES: dict[str, list[object]] = {
    "id": [OTHER, None],
    "name": ["Other", None],
    "organisation": [OTHER, None],
    "organisation_name": ["Other", None],
    "more": [1],
}
for name, values in SIGNER_CHANGES.items():
    for i, wrong in enumerate(values):
        signer = {**a_statement("SIGNED", "", 1)["signer"], name: wrong}
        words = "entry 1: its statement has another signer"
        CASES.add(f"signer_{name}_{i}", _case(words, statement={"signer": signer}))
MEANING: dict[str, list[object]] = {
    "key": [None, 1],
    "language": [None, 1],
    "sentence": [None, 1],
    "shown": [None, 1],
    "version": [0, -1, "1", None],
    "more": [1],
}
for name, values in MEANING.items():
    for i, wrong in enumerate(values):
        meaning = {**a_statement("SIGNED", "", 1)["meaning"], name: wrong}
        words = 'statement: "meaning" is not in its form'
        CASES.add(f"meaning_{name}_{i}", _case(words, statement={"meaning": meaning}))


@CASES
def good_reason() -> Case:
    """Verify a refusal with its reason."""
    world = World().start()
    signed(world, "REFUSED", statement={"reason": world.text("too early")})
    return Case(world.pack())


@CASES
def reason_left_out() -> Case:
    """Refuse an entry that hides the reason its statement names."""
    world = World().start()
    signed(world, "REFUSED", statement={"reason": world.text("too early")})["texts"] = {}
    return Case(world.pack(), "not the reason of its statement")


@CASES
def statement_is_used_again() -> Case:
    """Refuse a signature that is played again."""
    world = World().start()
    first = signed(world, passkey=asserting())
    signed(world, "WITHDRAWN")
    world.add("SIGNED", first["terms"])
    return Case(world.pack(), "entry 3: a statement that another entry used")


@CASES
def exhibit_is_a_list() -> Case:
    """Refuse an exhibit that is no object."""
    return _case("its exhibit is not an object", exhibit=[])()


@CASES
def exhibit_is_not_canonical() -> Case:
    """Refuse an exhibit with white space."""
    return _case("exhibit: not the canonical form", exhibit=b'{"a": 1}')()


@CASES
def good_exhibit_is_shared() -> Case:
    """Verify two signatures on one exhibit."""
    world = World().start()
    signed(world, exhibit={})
    signed(world, exhibit={})
    return Case(world.pack())


for name, maker in PASSKEYS.items():
    CASES.add(name, maker)
CASES.add("passkey_alone", _case("a passkey without assertion", terms={"method": "PASSKEY"}))
CASES.add(
    "assertion_alone",
    _case("or the reverse", passkey=asserting(), terms={"method": "PASSWORD_TOTP"}),
)


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
