"""Ask for pages of testing as somebody of the cast."""

from typing import Any

from django.test import Client
from django.urls import reverse

from governance.models import User
from tests.people import Cast


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    return reverse(f"uat:{name}", args=[row.public_id for row in (cast.project, *rows)])


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()
