"""Sign in a world of the tests: statements and exhibits."""

from collections.abc import Callable
from typing import Any

from tests.governance.record.verifiers.verify_record_mjs.building import (
    CLIENT,
    ORIGIN,
    PROJECT,
    SIGNER,
    Json,
    World,
    sha,
)


def signed(world: World, kind: str = "SIGNED", **changes: Any) -> Json:
    """Append a signature; changes are `statement`, `terms`, `exhibit` and `passkey`."""
    exhibit = world.document(changes.get("exhibit", {"runs": 118, "seq": len(world.entries)}))
    statement = {**a_statement(kind, exhibit, len(world.entries)), **changes.get("statement", {})}
    hashed = world.document(statement)
    passkey: Callable[[str], Json] | None = changes.get("passkey")
    terms = {
        "statement": hashed,
        "method": "PASSKEY" if passkey else "PASSWORD_TOTP",
        "assertion": passkey(hashed) if passkey else None,
        "signer_name": "Sam Ple",
        "signer_organisation_name": "Client",
        "reset_hours": None,
        **changes.get("terms", {}),
    }
    texts = {"reason": statement["reason"]} if statement["reason"] else {}
    return world.add(kind, terms, texts=texts)


def a_statement(kind: str, exhibit: str, number: int) -> Json:
    """Return a statement that fits an entry of the same kind."""
    return {
        "format": "readiness-statement@1",
        "act": kind,
        "kind": "PROCESS_EVIDENCE",
        "origin": ORIGIN,
        "project": PROJECT,
        "subject": {"id": PROJECT, "noun": "project"},
        "title": "Order to cash",
        "signer": {
            "id": SIGNER,
            "name": "Sam Ple",
            "organisation": CLIENT,
            "organisation_name": "Client",
        },
        "meaning": {
            "key": "ready",
            "language": "de",
            "sentence": "I find it ready.",
            "shown": "Ich finde es bereit.",
            "version": 1,
        },
        "authority": "owner of the process",
        "delegation": None,
        "reason": None,
        "exhibit": exhibit,
        "zone": "Europe/Vienna",
        "challenge": sha(str(number).encode()).hex()[:32],
    }
