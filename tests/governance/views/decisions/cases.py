"""Decisions, assumptions, and the pages and forms they are reached by."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from governance.models import Assumption, Decision, User
from tests.factories import NOW
from tests.people import Cast
from tests.questions import make_assumption, make_decision

RAISED_AT = NOW - timedelta(days=10)


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    return reverse(f"governance:{name}", args=[row.public_id for row in (cast.project, *rows)])


def post(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Send a form as somebody."""
    client.force_login(user)
    return client.post(where, fields)


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def decision_of(cast: Cast, **fields: Any) -> Decision:
    """Return a decision raised ten days ago."""
    terms = {"title": "Which plant goes first?", "raised_by": "Somebody", "raised_at": RAISED_AT}
    return make_decision(project=cast.project, **(terms | fields))


def assumption_of(cast: Cast, **fields: Any) -> Assumption:
    """Return an assumption written down ten days ago."""
    terms = {"made_by": "Consultant", "raised_at": RAISED_AT}
    return make_assumption(project=cast.project, **(terms | fields))
