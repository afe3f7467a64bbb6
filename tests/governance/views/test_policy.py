"""The page of who may do what."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
PAGE = "governance:policy-show"


@pytest.fixture
def cast() -> Cast:
    """Return everybody."""
    return make_cast()


class TestShowPolicy:
    @pytest.mark.parametrize("name", ["sponsor", "auditor", "consultant", "stranger"])
    def test_shows_the_same_table_to_every_account(
        self, client: Client, cast: Cast, name: str
    ) -> None:
        client.force_login(getattr(cast, name))
        answer = client.get(reverse(PAGE))
        assert answer.status_code == 200
        page = answer.content.decode()
        assert "Sign, refuse or withdraw for a process" in page
        assert "POST /p/&lt;uuid:project&gt;/processes/&lt;uuid:process&gt;/" in page
        assert "with a token of the scope PUSH" in page
        for mark in ("yes", "no", "only the owner, the deputy or a delegate of the process"):
            assert f'aria-label="{mark}"' in page or f">{mark}</span>" in page

    def test_asks_a_stranger_to_sign_in(self, client: Client) -> None:
        assert client.get(reverse(PAGE)).status_code == 302

    def test_asks_nothing_of_the_database(
        self, client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        client.force_login(cast.sponsor)
        client.get(reverse(PAGE))
        with django_assert_num_queries(2):
            client.get(reverse(PAGE))

    def test_is_led_to_from_every_page_of_an_administrator(
        self, client: Client, cast: Cast
    ) -> None:
        for is_administrator in (True, False):
            user = make_user(organisation=cast.client, is_administrator=is_administrator)
            client.force_login(user)
            page = client.get(reverse("governance:token-list")).content.decode()
            assert (f'href="{reverse(PAGE)}"' in page) is is_administrator
