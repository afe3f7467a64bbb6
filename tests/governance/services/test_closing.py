"""Closing an account shuts whatever it opened."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.choices import SecurityEventKind as Kind
from governance.models import SecurityEvent, SignedInSession, User
from governance.services.closing import ClosingRefused, close_account, reopen_account
from tests.factories import NOW, PASSWORD, make_organisation, make_user
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return make_user(organisation=make_organisation(), is_administrator=True)


@pytest.fixture
def user(administrator: User) -> User:
    return make_user(organisation=administrator.organisation)


def sign_in(user: User) -> Client:
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return browser


class TestCloseAccount:
    def test_ends_sessions_and_tokens_and_shuts_the_door(
        self, user: User, administrator: User
    ) -> None:
        browser, caller, other = sign_in(user), Caller.of(user), Caller.of(administrator)
        assert browser.get("/work/").status_code == 200
        close_account(account=user, closed_by=administrator, closed_at=NOW)
        assert not SignedInSession.objects.of_user(user).exists()
        assert browser.get("/work/").status_code == 302
        assert caller.get("caller/").status_code == 401
        assert other.get("caller/").status_code == 200
        assert sign_in(user).get("/work/").status_code == 302

    def test_is_written_down_once(self, user: User, administrator: User) -> None:
        for _ in range(2):
            close_account(account=user, closed_by=administrator, closed_at=NOW)
        event = SecurityEvent.objects.get(kind=Kind.DEACTIVATED)
        assert (event.account, event.actor) == (user, administrator)

    def test_is_refused_for_ones_own(self, administrator: User) -> None:
        with pytest.raises(ClosingRefused):
            close_account(account=administrator, closed_by=administrator, closed_at=NOW)
        administrator.refresh_from_db()
        assert administrator.is_active


class TestReopenAccount:
    def test_lets_sign_in_again_and_gives_nothing_back(
        self, user: User, administrator: User
    ) -> None:
        browser, caller = sign_in(user), Caller.of(user)
        close_account(account=user, closed_by=administrator, closed_at=NOW)
        reopen_account(account=user, reopened_by=administrator)
        assert browser.get("/work/").status_code == 302
        assert caller.get("caller/").status_code == 401
        assert sign_in(user).get("/work/").status_code == 200
        assert SecurityEvent.objects.filter(kind=Kind.REACTIVATED).count() == 1

    def test_changes_nothing_for_an_open_one(self, user: User, administrator: User) -> None:
        reopen_account(account=user, reopened_by=administrator)
        assert not SecurityEvent.objects.filter(kind=Kind.REACTIVATED).exists()
