"""FORMAT.md, sections 3 and 4: what somebody signed, and with which passkey."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.governance.record.verifiers.verify_record.asking import reason
from tests.record_packs import canonical, small_order
from tests.record_packs.canonical import Json
from tests.record_packs.cases import put
from tests.record_packs.logs import Log, Signing
from tests.record_packs.packs import Stages
from tests.record_packs.passkeys import P256, Ceremony, Edwards, Rsa, challenge_of

OTHER = "47dba0ac-e66e-920a-cb13-162fd02d87e0"
HASH = "0" * 64


def told(signing: Signing, *, change: Callable[[Log], Any] = lambda log: None) -> str:
    """Return why a log with a signature at seq 1 is refused."""
    log = Log("signatures")
    log.sign(signing)
    change(log)
    return reason(log).removeprefix("entry 1 was changed: ")


def at(path: str, value: Any) -> Callable[[Json], None]:
    """Return a change of what stands at a path with dots."""
    return lambda row: put(row, path, value)


@pytest.mark.parametrize("kind", ["SIGNED", "REFUSED", "WITHDRAWN"])
def test_every_act_is_not_refused_as_it_is(kind: str) -> None:
    assert told(Signing(kind, reason="why", delegation={"until": "2026"})) == ""
    assert told(Signing(kind, ceremony=Ceremony(P256("a")))) == ""
    assert told(Signing(kind, change_terms=at("reset_hours", 0))) == ""


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("statement", "0", "the terms has no right statement"),
        ("statement", HASH, "its statement is not in the pack"),
        ("method", "PASSWORD", "the terms has no right method"),
        ("method", "PASSKEY", "its method and its assertion do not fit"),
        ("method", "SINGLE_SIGN_ON", ""),
        ("assertion", {}, "its method and its assertion do not fit"),
        ("assertion", "", "the terms has no right assertion"),
        ("signer_name", "Another", "its statement has another signer"),
        ("signer_name", None, "the terms has no right signer_name"),
        ("signer_organisation_name", "Another", "its statement has another signer"),
        ("reset_hours", -1, "the terms has no right reset_hours"),
        ("reset_hours", "3", "the terms has no right reset_hours"),
        ("more", 1, "the terms has not the right keys"),
    ],
)
def test_terms_have_exactly_these_keys(path: str, value: Any, why: str) -> None:
    assert told(Signing(change_terms=at(path, value))) == why


@pytest.mark.parametrize("key", ["reset_hours", "assertion", "method", "signer_name"])
def test_terms_have_all_of_these_keys(key: str) -> None:
    assert told(Signing(change_terms=lambda terms: terms.pop(key))) == (
        "the terms has not the right keys"
    )


@pytest.mark.parametrize(
    ("path", "value", "why"),
    [
        ("subject", None, "its statement has another subject"),
        ("subject.noun", "gate", ""),  # the maker's statement names the same object
        ("actor.kind", "PARTNER", "its signer is not of a client"),
        ("actor.organisation", OTHER, "its signer is not of this client"),
        ("actor.id", OTHER, "its statement has another signer"),
        ("kind", "REFUSED", "its statement has another act"),
        ("texts", {"reason": HASH}, "its statement has another reason"),
        ("texts", {"note": HASH}, "it has a text that was not signed"),
    ],
)
def test_the_entry_is_of_the_one_who_signed(path: str, value: Any, why: str) -> None:
    signing = Signing(change_entry=at(path, value))
    if path == "subject.noun":
        signing.change_statement = lambda row: row.update(subject=dict(row["subject"]))
        why = "its statement has another subject"
    assert told(signing) == why


def test_the_system_signs_nothing() -> None:
    nobody = {"id": None, "kind": "SYSTEM", "organisation": None}
    assert told(Signing(change_entry=at("actor", nobody))) == "its signer is not of a client"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("act", "REFUSED"), ("origin", f"gate.example/p/{OTHER}"), ("project", OTHER),
        ("subject", {"id": OTHER, "noun": "process"}), ("signer.id", OTHER),
        ("signer.name", "Another"), ("signer.organisation", OTHER), ("reason", HASH),
        ("signer.organisation_name", "Another"),
    ],
)  # fmt: skip
def test_the_statement_says_what_the_entry_says(path: str, value: Any) -> None:
    key = path.split(".", maxsplit=1)[0]
    assert told(Signing(change_statement=at(path, value))) == f"its statement has another {key}"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "readiness-statement@2"), ("act", "ACCEPTED"), ("kind", "process"), ("kind", ""),
        ("kind", "KIND_1"), ("origin", 1), ("project", "1"), ("subject", None),
        ("subject", {"id": OTHER}), ("title", None), ("signer", {}), ("signer.more", 1),
        ("signer.id", None), ("meaning", None), ("meaning.version", "1"), ("meaning.version", 0),
        ("meaning.version", True), ("meaning.more", 1), ("meaning.shown", None),
        ("authority", None), ("delegation", []), ("delegation", "a"), ("reason", ""),
        ("exhibit", None), ("exhibit", "A" * 64), ("zone", None), ("challenge", "0" * 31),
        ("challenge", "0" * 64),
    ],
)  # fmt: skip
def test_the_statement_has_its_form(path: str, value: Any) -> None:
    key = path.split(".", maxsplit=1)[0]
    found = told(Signing(change_statement=at(path, value)))
    assert found == f"the statement has no right {key}"


def test_the_statement_has_exactly_these_keys() -> None:
    why = "the statement has not the right keys"
    assert told(Signing(change_statement=lambda row: row.update(more=1))) == why
    assert told(Signing(change_statement=lambda row: row.pop("zone"))) == why


def test_documents_are_canonical_objects() -> None:
    def spaced(value: Json) -> bytes:
        return canonical.write(value).replace(b":", b": ", 1)

    for signing in (Signing(write_statement=spaced), Signing(write_exhibit=spaced)):
        assert told(signing).endswith(": is not canonical JSON")


@pytest.mark.parametrize("odd", [b"[]", b"1", b'"a"', b"null"])
def test_an_exhibit_is_an_object(odd: bytes) -> None:
    assert told(Signing(write_exhibit=lambda _: odd)).endswith(": is not an object")


def test_the_exhibit_is_in_the_pack() -> None:
    assert told(Signing(change_statement=at("exhibit", HASH))) == "its exhibit is not in the pack"

    def lose(log: Log) -> None:
        log.documents = {key: each for key, each in log.documents.items() if b"meaning" in each}

    assert told(Signing(), change=lose) == "its exhibit is not in the pack"


def test_every_document_is_named() -> None:
    def add(log: Log) -> None:
        log.document(b'{"nobody":"names this"}')

    assert told(Signing(), change=add) == "a document is named by nothing"


def test_nobody_signs_a_statement_twice() -> None:
    def again(log: Log) -> None:
        old = log.entries[1]
        new = log.add("SIGNED", terms=old["terms"], subject=old["subject"])
        new["actor"] = old["actor"]

    found = told(Signing(ceremony=Ceremony(P256("a"))), change=again)
    assert found == "entry 2 was changed: its statement was signed before"


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda lines: lines[::-1], "the documents are not in the order of their hashes"),
        (lambda lines: [*lines, lines[-1]], "the documents are not in the order of their hashes"),
        (lambda lines: [*lines, b""], ": is not canonical JSON"),
        (lambda lines: lines[:1], "is not in the pack"),
    ],
)
def test_documents_stand_in_the_order_of_their_hashes(
    change: Callable[[list[bytes]], list[bytes]], why: str
) -> None:
    log = Log("documents")
    log.sign()
    assert reason(log, stages=Stages(documents=change)).endswith(why)


class TestPasskeys:
    @pytest.mark.parametrize("passkey", [P256("a"), Edwards("a"), Rsa(2048), Rsa(3072), Rsa(4096)])
    def test_sign(self, passkey: Any) -> None:
        assert told(Signing(ceremony=Ceremony(passkey))) == ""
        assert told(Signing(ceremony=Ceremony(passkey, flags=0xFF))) == ""
        tail = Ceremony(passkey, message_tail=b"!")
        assert told(Signing(ceremony=tail)) == "the passkey's signature is wrong"

    @pytest.mark.parametrize(
        ("ceremony", "why"),
        [
            ({"client_type": "webauthn.create"}, "the passkey did not sign"),
            ({"client_data": b"[]"}, "the passkey did not sign"),
            ({"client_data": b"{"}, "client data are not JSON"),
            ({"client_data": b"[" * 40 + b"]" * 40}, "client data nest too deep"),
            ({"client_data": b'{"type":"webauthn.get"}'}, "the passkey signed something else"),
            ({"challenge": challenge_of(b"other")}, "the passkey signed something else"),
            ({"challenge": challenge_of(b"other") + "="}, "the passkey signed something else"),
            ({"flags": 0x01}, "the passkey's user was not there or not verified"),
            ({"flags": 0x04}, "the passkey's user was not there or not verified"),
            ({"flags": 0xFA}, "the passkey's user was not there or not verified"),
            ({"authenticator_data": b"\5" * 36}, "what the authenticator says is too short"),
            ({"authenticator_data": b"\5" * 37}, "the passkey is for another place"),
        ],
    )
    def test_sign_this_statement_and_no_other(self, ceremony: Json, why: str) -> None:
        assert told(Signing(ceremony=Ceremony(P256("a"), **ceremony))) == why

    def test_sign_a_challenge_without_padding(self) -> None:
        def padded(statement: bytes) -> bytes:
            return f'{{"type":"webauthn.get","challenge":"{challenge_of(statement)}="}}'.encode()

        class Padding(Ceremony):
            def _client(self, statement: bytes) -> bytes:
                return padded(statement)

        assert told(Signing(ceremony=Padding(P256("a")))) == "the passkey signed something else"

    @pytest.mark.parametrize(
        ("path", "value", "why"),
        [
            ("rp", "evil.example", "the passkey is for another place"),
            ("rp", None, "the assertion has no right rp"),
            ("credential", "", "the assertion has no right credential"),
            ("credential", "0", "the assertion has no right credential"),
            ("credential", "0A", "the assertion has no right credential"),
            ("credential", "00", ""),
            ("client_data", "", "the assertion has no right client_data"),
            ("client_data", "7b7d", "the passkey did not sign"),
            ("signature", None, "the assertion has no right signature"),
            ("signature", "00", "the passkey's signature is wrong"),
            ("more", 1, "the assertion has not the right keys"),
            ("key", None, "the assertion has no right key"),
            ("key.alg", -8, "the assertion has no right key"),
            ("key.alg", -257, "the assertion has no right key"),
            ("key.alg", "-7", "the assertion has no right key"),
            ("key.alg", -35, "the assertion has no right key"),
            ("key.x", "00", "the assertion has no right key"),
            ("key.x", HASH, "the passkey's signature is wrong"),
            ("key.more", 1, "the assertion has no right key"),
            ("key", P256("b").key, "the passkey's signature is wrong"),
            ("key", Edwards("a").key, "the passkey's signature is wrong"),
            ("key", Rsa(2048).key, "the passkey's signature is wrong"),
        ],
    )
    def test_have_their_form(self, path: str, value: Any, why: str) -> None:
        signing = Signing(ceremony=Ceremony(P256("a")), change_assertion=at(path, value))
        assert told(signing) == why

    @pytest.mark.parametrize("method", ["PASSWORD_TOTP", "SINGLE_SIGN_ON"])
    def test_sign_for_no_other_method(self, method: str) -> None:
        signing = Signing(ceremony=Ceremony(P256("a")), change_terms=at("method", method))
        assert told(signing) == "its method and its assertion do not fit"

    def test_of_small_order_sign_nothing(self) -> None:
        key = next(iter(small_order.KEYS))

        class Weak:
            key = {"alg": -8, "x": next(iter(small_order.KEYS))}

            def sign(self, message: bytes) -> bytes:
                return small_order.forged(bytes.fromhex(key), message)

        found = told(Signing(ceremony=Ceremony(Weak())))
        assert found == "the passkey's signature is wrong"
