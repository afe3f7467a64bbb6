"""A page of a gate as somebody sees it."""

from django.test import Client

from governance.models import User


def page_of(client: Client, user: User, address: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()
