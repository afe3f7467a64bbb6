"""The page of a process as somebody sees it, and its form as somebody sends it."""

from typing import Any

from django.test import Client
from django.utils import timezone

from governance.models import User
from tests.factories import PASSWORD
from tests.factors import code_of
from tests.signing import MEANINGS, Desk


def page_of(client: Client, user: User, desk: Desk) -> str:
    """Return the process page as somebody sees it."""
    client.force_login(user)
    answer = client.get(desk.address)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client: Client, user: User, desk: Desk, **fields: Any) -> Any:
    """Send the form of the page as somebody who read it."""
    client.force_login(user)
    entered = {
        "act": "SIGNED",
        "reason": "",
        "password": PASSWORD,
        "code": code_of(user, at=timezone.now()),
        "evidence_hash": desk.shown_hash(),
        "meanings": MEANINGS,
    }
    return client.post(desk.address, entered | fields)
