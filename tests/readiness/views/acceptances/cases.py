"""What is asked, accepted, declined and ended in the browser, over what the page showed."""

from typing import Any

from django.test import Client
from django.urls import reverse

from governance.models import User
from governance.services.signoffs import evidence_hash_of
from readiness.models import Acceptance, AcceptanceRequest
from readiness.services.risks import acceptance_body
from tests.factories import (
    PASSWORD,
)
from tests.factors import post
from tests.people import Cast
from tests.risks import shown_of


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    ids = [row.public_id for row in (cast.project, *rows)]
    return reverse(f"readiness:{name}", args=ids)


ASKED = {
    "criterion": "G3 UX-01",
    "reason": "The bank interface comes later.",
    "control": "Payments are released by hand.",
    "until": "2026-07-01",
}
WRONG = "not " + PASSWORD
ANSWERED = {
    "reason": "We carry it.",
    "control": "By hand.",
    "until": "2026-07-01",
    "password": PASSWORD,
}


def send(
    client: Client, cast: Cast, asked: AcceptanceRequest, *, by: User | None = None, **fields: Any
) -> Any:
    """Open the request, then accept it with the hash that the page showed."""
    shown = shown_of(cast.project, asked=asked).shown_hash
    entered = {"evidence_hash": shown, "meanings": "ACCEPTANCE.SIGNED.1", **ANSWERED, **fields}
    return post(client, by or cast.sponsor, address(cast, "request-detail", asked), **entered)


def decline(
    client: Client, cast: Cast, asked: AcceptanceRequest, *, by: User | None = None, **fields: Any
) -> Any:
    """Decline a request over what the page showed."""
    shown = shown_of(cast.project, asked=asked).shown_hash
    meanings = "ACCEPTANCE.REFUSED.1"
    entered = {"evidence_hash": shown, "meanings": meanings, "password": PASSWORD, **fields}
    return post(client, by or cast.sponsor, address(cast, "request-decline", asked), **entered)


def end(client: Client, cast: Cast, acceptance: Acceptance, **fields: Any) -> Any:
    """End an acceptance early."""
    entered: dict[str, Any] = {
        "evidence_hash": evidence_hash_of(acceptance_body(acceptance)),
        "meanings": "ACCEPTANCE.WITHDRAWN.1",
        "password": PASSWORD,
        **fields,
    }
    by = entered.pop("by", cast.sponsor)
    where = address(cast, "acceptance-end", acceptance)
    return post(client, by, where, **entered)
