"""Signatures that break one rule each, with all that follows made to fit: FORMAT.md, section 3."""

import copy
from collections.abc import Callable, Iterator
from typing import Any

from tests.record_packs import canonical, cases, packs, worlds
from tests.record_packs.canonical import Json
from tests.record_packs.cases import GONE, Case, setting
from tests.record_packs.logs import Log, Signing, digest
from tests.record_packs.passkeys import P256, Ceremony
from tests.record_packs.wrong_values import NOT_HASHES, NOT_IDENTIFIERS, OTHER

NAMES = ("signer_name", "signer_organisation_name")
TERMS: list[tuple[str, str, Any]] = [
    *[
        (f"terms without {name}", name, GONE)
        for name in ("statement", "method", "assertion", *NAMES, "reset_hours")
    ],
    ("terms with a key too many", "note", "seen"),
    ("another method", "method", "PASSWORD"),
    ("a small method", "method", "password_totp"),
    ("no method", "method", None),
    ("PASSKEY without an assertion", "method", "PASSKEY"),
    ("an assertion of no keys", "assertion", {}),
    ("assertion false", "assertion", False),
    ("another signer printed", "signer_name", "Ben Vendor"),
    ("another client printed", "signer_organisation_name", "Other plc"),
    ("a signer's name that is no text", "signer_name", None),
    ("a client's name that is no text", "signer_organisation_name", 7),
    ("reset_hours as text", "reset_hours", "3"),
    ("reset_hours true", "reset_hours", True),
    ("reset_hours below nought", "reset_hours", -1),
    ("a statement that is not in the pack", "statement", "ab" * 32),
    *[(f"statement's hash: {name}", "statement", value) for name, value in NOT_HASHES.items()],
]
STATEMENT: list[tuple[str, str, Any]] = [
    *[
        (f"no {name}", name, GONE)
        for name in (
            *("format", "act", "kind", "origin", "project", "subject", "title", "signer"),
            *("meaning", "authority", "delegation", "reason", "exhibit", "zone", "challenge"),
            *("signer.id", "signer.name", "signer.organisation", "signer.organisation_name"),
            *("meaning.key", "meaning.language", "meaning.sentence", "meaning.shown"),
            *("meaning.version", "subject.id", "subject.noun"),
        )
    ],
    *[(f"{name} too many", name, 1) for name in ("extra", "signer.extra", "meaning.extra")],
    ("another format", "format", "readiness-statement@2"),
    ("another act", "act", "REFUSED"),
    ("a kind in small letters", "kind", "process_evidence"),
    ("a kind with digits", "kind", "SCOPE_2"),
    ("an empty kind", "kind", ""),
    ("a kind that is no text", "kind", None),
    ("another origin", "origin", f"gate.example/p/{OTHER}"),
    ("another project", "project", OTHER),
    ("another subject", "subject.id", OTHER),
    ("a subject of another noun", "subject.noun", "project"),
    ("no subject at all", "subject", None),
    ("another signer", "signer.id", OTHER),
    ("a signer of another client", "signer.organisation", OTHER),
    ("another name", "signer.name", "Ben Vendor"),
    ("another client's name", "signer.organisation_name", "Other plc"),
    ("a title that is no text", "title", 7),
    ("an authority that is no text", "authority", None),
    ("a meaning that is a text", "meaning", "I have seen it."),
    ("a sentence that is no text", "meaning.sentence", None),
    ("a meaning's key that is no text", "meaning.key", 1),
    ("a language that is no text", "meaning.language", None),
    ("what was shown is no text", "meaning.shown", []),
    ("a meaning of version 0", "meaning.version", 0),
    ("a meaning of a version as text", "meaning.version", "1"),
    ("a delegation that is a text", "delegation", "Ben"),
    ("a delegation that is an array", "delegation", []),
    ("a reason that is not in the entry", "reason", "ab" * 32),
    ("a reason in words", "reason", "Because."),
    ("a reason that is no text", "reason", 7),
    ("an exhibit that is not in the pack", "exhibit", "ab" * 32),
    *[(f"exhibit's hash: {name}", "exhibit", value) for name, value in NOT_HASHES.items()],
    ("a zone that is no text", "zone", None),
    ("a challenge too short", "challenge", "ab"),
    ("a challenge in capitals", "challenge", "AB" * 16),
    ("a challenge that is no text", "challenge", None),
]
ENTRY: list[tuple[str, str, Any]] = [
    ("no subject", "subject", None),
    ("another subject", "subject.id", OTHER),
    ("another noun", "subject.noun", "decision"),
    ("another signer", "actor.id", OTHER),
    ("a partner as signer", "actor.kind", "PARTNER"),
    ("another act", "kind", "REFUSED"),
    ("a signer of another client", "actor.organisation", OTHER),
    ("a text beside the reason", "texts", {"note": "ab" * 32}),
]


def _both(log: Log, path: str, value: Any) -> None:
    """Change entry and statement alike, and say nothing untrue of either."""
    signer = {"actor.id": "signer.id", "actor.organisation": "signer.organisation"}
    log.sign(
        Signing(
            change_statement=setting(signer.get(path, path), value)
            if path != "actor.kind"
            else _no,
            change_entry=setting(path, value),
        )
    )


def _no(_row: Json) -> None:
    pass


def _partner(log: Log) -> None:
    """A partner signs, as a partner and of the partner."""
    log.sign(
        Signing(
            change_statement=setting("signer.organisation", log.partner),
            change_entry=_as({"kind": "PARTNER", "organisation": log.partner}),
        )
    )


def _as(actor: Json) -> Callable[[Json], None]:
    return lambda entry: entry["actor"].update(actor)


def _nobody(log: Log) -> None:
    """The system signs."""
    nobody = {"id": None, "kind": "SYSTEM", "organisation": None}
    log.sign(
        Signing(
            change_statement=lambda row: row["signer"].update(id=None, organisation=None),
            change_entry=_as(nobody),
        )
    )


def _copied(log: Log, **changes: Any) -> None:
    """Paste a signature into a new entry."""
    entry = copy.deepcopy(log.entries[2])
    entry.update({"seq": len(log.entries), "at": log.entries[-1]["at"], **changes})
    log.entries.append(entry)


def _statement_gone(log: Log) -> None:
    del log.documents[log.entries[2]["terms"]["statement"]]


def _exhibit_gone(log: Log) -> None:
    statement = log.entries[2]["terms"]["statement"]
    log.documents = {statement: log.documents[statement]}


def _reason_slipped_in(log: Log) -> None:
    log.entries[2]["texts"]["reason"] = log.commit("It was all fine.")


def _text_slipped_in(log: Log) -> None:
    log.entries[2]["texts"]["note"] = log.commit("It was all fine.")


def _reason_swapped(log: Log) -> None:
    log.sign(Signing("REFUSED", reason="It is not fine."))
    log.entries[-1]["texts"]["reason"] = log.commit("It is fine.")
    del log.texts[next(iter(set(log.texts) - {log.entries[-1]["texts"]["reason"]}))]


def _exhibit_as_statement(log: Log) -> None:
    terms = log.entries[2]["terms"]
    statement = log.documents.pop(terms["statement"])
    terms["statement"] = next(iter(log.documents))
    assert digest(statement) not in log.documents


def _assertion_beside_password(log: Log) -> None:
    log.sign(Signing(ceremony=Ceremony(P256("a")), change_terms=setting("method", "PASSWORD_TOTP")))


def _document_of_no_entry(log: Log) -> None:
    log.document(canonical.write({"of": "nobody"}))


FAULTS: dict[str, Callable[[Log], object]] = {
    "a partner signs": _partner,
    "nobody signs": _nobody,
    "somebody of another client signs": lambda log: _both(log, "actor.organisation", OTHER),
    "a signer in capitals": lambda log: _both(log, "actor.id", OTHER.upper()),
    "no subject in both": lambda log: _both(log, "subject", None),
    "a signature pasted onto another subject": lambda log: _copied(log, subject=log.subject()),
    "a signature pasted again": _copied,
    "a signature pasted again as a withdrawal": lambda log: _copied(log, kind="WITHDRAWN"),
    "a statement gone": _statement_gone,
    "an exhibit gone": _exhibit_gone,
    "a reason slipped in": _reason_slipped_in,
    "a text slipped in": _text_slipped_in,
    "a reason swapped": _reason_swapped,
    "an exhibit in the place of the statement": _exhibit_as_statement,
    "an assertion beside a password": _assertion_beside_password,
    "a document that nobody names": _document_of_no_entry,
}
EXHIBITS = {
    "an array": b"[]",
    "a text": b'"seen"',
    "nothing": b"",
    "null": b"null",
    "true": b"true",
}


def _signings() -> Iterator[tuple[str, Signing]]:
    for name, path, value in TERMS:
        yield f"terms: {name}", Signing(change_terms=setting(path, value))
    for name, path, value in STATEMENT:
        yield f"statement: {name}", Signing(change_statement=setting(path, value))
    for name, path, value in ENTRY:
        yield f"signature's entry: {name}", Signing(change_entry=setting(path, value))
    for name, content in EXHIBITS.items():
        yield f"exhibit: {name}", Signing(write_exhibit=packs.always(content))
    yield "an entry's texts: no reason", Signing(reason="So.", change_entry=setting("texts", {}))
    for name, value in NOT_IDENTIFIERS.items():
        same = setting("subject.id", value)
        yield f"subject in both: {name}", Signing(change_statement=same, change_entry=same)


def bad_cases() -> Iterator[Case]:
    """Yield packs in which one thing is wrong with one signature."""
    for name, signing in _signings():
        yield cases.bad(f"signature: {name}", cases.signed(signing))
    for name, fault in FAULTS.items():
        log = cases.signed(Signing())
        fault(log)
        yield cases.bad(f"signature: {name}", log)


def good_cases() -> Iterator[Case]:
    """Yield packs with signatures at the limits of what is allowed."""
    right = {
        "a single sign-on": Signing(change_terms=setting("method", "SINGLE_SIGN_ON")),
        "no hours since the reset": Signing(change_terms=setting("reset_hours", 0)),
        "many hours since the reset": Signing(change_terms=setting("reset_hours", 2**53 - 1)),
        "an empty exhibit": Signing(exhibit={}),
        "an empty reason": Signing("REFUSED", reason=""),
        "an empty delegation": Signing(delegation={}),
        "empty words": Signing(
            signer="", change_statement=lambda row: row.update(title="", zone="")
        ),
        "an odd kind": Signing(change_statement=setting("kind", "_")),
    }
    for name, signing in right.items():
        yield cases.good(f"signature: {name}", cases.signed(signing))
    log = cases.signed(Signing())
    log.sign(subject=log.entries[2]["subject"])
    yield cases.good("signature: one exhibit, two statements", log)
    log.erase(log.commit("a"))
    refused = log.sign(Signing("REFUSED", reason="Never."))
    log.erase(refused["texts"]["reason"])
    yield cases.good("signature: a reason erased", log)
    yield cases.good("signature: all sorts", worlds.whole())
