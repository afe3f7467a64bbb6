"""The page of API tokens."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import ApiToken, User
from governance.services.tokens import hash_of_secret
from tests.factories import PASSWORD, make_organisation, make_user
from tests.wire import Caller, token_for

pytestmark = pytest.mark.django_db
WISH = {"name": "Nightly export", "scopes": ["READ"], "days": "30", "password": PASSWORD}


@pytest.fixture
def user() -> User:
    cache.clear()
    return make_user(organisation=make_organisation())


@pytest.fixture
def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def ask(browser: Client, **changed: Any) -> Any:
    return browser.post(reverse("governance:token-list"), WISH | changed)


class TestListTokens:
    def test_shows_the_secret_once_and_it_works(self, browser: Client) -> None:
        page = ask(browser)
        secret = page.context["made"].secret
        assert page.status_code == 200
        assert secret in page.content.decode()
        assert page["Cache-Control"] == "no-store"
        assert secret not in browser.get(reverse("governance:token-list")).content.decode()
        assert ApiToken.objects.get().secret_hash == hash_of_secret(secret)
        assert Caller(secret).get("caller/").status_code == 200

    def test_gives_it_the_life_asked_for(self, browser: Client) -> None:
        ask(browser, days="90")
        expires_at = ApiToken.objects.get().expires_at
        assert expires_at is not None
        assert timedelta(days=89) < expires_at - timezone.now() <= timedelta(days=90)

    @pytest.mark.parametrize(
        "changed",
        [
            {"password": "another long password"},
            {"name": " "},
            {"scopes": []},
            {"scopes": ["SIGN"]},
            {"days": "3650"},
        ],
    )
    def test_makes_none_from_a_wrong_form(
        self, browser: Client, changed: dict[str, object]
    ) -> None:
        page = ask(browser, **changed)
        assert page.status_code == 422
        assert page.context["form"].errors
        assert not ApiToken.objects.exists()

    def test_shows_what_the_service_refused(self, browser: Client, user: User) -> None:
        for _ in range(20):
            token_for(user)
        page = ask(browser)
        assert page.status_code == 422
        assert "revoke one first" in page.content.decode()

    def test_shows_only_ones_own(self, browser: Client, user: User) -> None:
        other = make_user(organisation=user.organisation)
        token_for(other)
        assert browser.get(reverse("governance:token-list")).context["rows"] == []

    def test_tells_the_usable_from_the_ended(self, browser: Client, user: User) -> None:
        for _ in range(3):
            token_for(user)
        first, second, _third = ApiToken.objects.order_by("pk")
        ApiToken.objects.filter(pk=first.pk).update(revoked_at=timezone.now())
        ApiToken.objects.filter(pk=second.pk).update(expires_at=timezone.now())
        rows = browser.get(reverse("governance:token-list")).context["rows"]
        assert [row.state for row in rows] == ["In use", "Expired", "Revoked"]

    def test_sends_strangers_to_the_door(self) -> None:
        assert Client().get(reverse("governance:token-list")).status_code == 302


class TestEndToken:
    def test_closes_it_at_once(self, browser: Client, user: User) -> None:
        caller = Caller.of(user)
        token = ApiToken.objects.get()
        answer = browser.post(reverse("governance:token-revoke", args=[token.public_id]))
        assert answer.status_code == 302
        assert caller.get("caller/").status_code == 401

    def test_knows_nothing_of_anothers(self, browser: Client, user: User) -> None:
        token_for(make_user(organisation=user.organisation))
        token = ApiToken.objects.get()
        answer = browser.post(reverse("governance:token-revoke", args=[token.public_id]))
        assert answer.status_code == 404
        token.refresh_from_db()
        assert token.revoked_at is None

    def test_wants_a_post(self, browser: Client, user: User) -> None:
        token_for(user)
        token = ApiToken.objects.get()
        address = reverse("governance:token-revoke", args=[token.public_id])
        assert browser.get(address).status_code == 405
