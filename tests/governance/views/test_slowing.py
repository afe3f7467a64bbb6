"""Guessing is slowed down; the owner, in a browser that is known, is not."""

import re
from datetime import timedelta
from unittest.mock import Mock, patch

import pytest
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.choices import SecurityEventKind as Kind
from governance.models import SecurityEvent, User
from governance.services import throttling
from governance.services.throttling import SIGN_IN_ACCOUNT, SIGN_IN_ADDRESS, SIGN_IN_PLACE
from tests.factories import NOW, PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db
WRONG = "not the right password"
# as the cache answers that is to ignore that Redis is away
AWAY = Mock(add=Mock(return_value=None), incr=Mock(return_value=None), decr=Mock(return_value=None))


@pytest.fixture
def user() -> User:
    cache.clear()
    throttling._own.clear()
    return make_user(organisation=make_organisation())


def attempt(browser: Client, login: str, password: str = WRONG, place: str = "203.0.113.9") -> int:
    """Try to sign in from a place, and return the answer's status."""
    sent = {"login": login, "password": password}
    return browser.post(reverse("account_login"), sent, REMOTE_ADDR=place).status_code


class TestSignIn:
    def test_is_refused_after_too_many_from_one_place(self, user: User) -> None:
        answers = [attempt(Client(), user.email) for _ in range(SIGN_IN_PLACE.attempts + 2)]
        assert answers == [200] * SIGN_IN_PLACE.attempts + [429, 429]
        assert attempt(Client(), user.email, PASSWORD) == 429

    def test_says_when_to_try_again_and_takes_the_password_then(self, user: User) -> None:
        moment = NOW + timedelta(seconds=30)
        with patch("django.utils.timezone.now", return_value=moment):
            for _ in range(SIGN_IN_PLACE.attempts):
                attempt(Client(), user.email)
            sent = {"login": user.email, "password": PASSWORD}
            address = reverse("account_login")
            answer = Client().post(address, sent, REMOTE_ADDR="203.0.113.9")
        assert answer.status_code == 429
        assert answer.headers["Retry-After"] == "270"
        assert "in 5 minutes, at 09:05:00 UTC" in answer.content.decode()
        with patch("django.utils.timezone.now", return_value=NOW + timedelta(seconds=300)):
            assert attempt(Client(), user.email, PASSWORD) == 302

    def test_stays_open_to_the_owners_browser_while_somebody_guesses(self, user: User) -> None:
        own = Client()
        assert attempt(own, user.email, PASSWORD, "198.51.100.7") == 302
        own.post(reverse("account_logout"))
        for number in range(SIGN_IN_ACCOUNT.attempts + 5):
            attempt(Client(), user.email, place=f"203.0.113.{number}")
        assert attempt(Client(), user.email, PASSWORD, "192.0.2.1") == 429
        assert attempt(own, user.email, PASSWORD, "198.51.100.7") == 302

    def test_stays_open_to_the_owner_behind_the_guessers_own_address(self, user: User) -> None:
        own = Client()
        attempt(own, user.email, PASSWORD)
        own.post(reverse("account_logout"))
        for number in range(SIGN_IN_ADDRESS.attempts + 1):
            attempt(Client(), f"{number}{user.email}")
        assert attempt(Client(), user.email, PASSWORD) == 429
        assert attempt(own, user.email, PASSWORD) == 302

    def test_counts_guesses_from_a_known_browser_too(self, user: User) -> None:
        own = Client()
        attempt(own, user.email, PASSWORD)
        own.post(reverse("account_logout"))
        answers = [attempt(own, user.email) for _ in range(12)]
        assert answers[-1] == 429

    def test_takes_no_cookie_of_another_account_or_of_ones_own_making(self, user: User) -> None:
        guesser = make_user(organisation=user.organisation)
        browser = Client()
        attempt(browser, guesser.email, PASSWORD)
        browser.post(reverse("account_logout"))
        answers = [attempt(browser, user.email) for _ in range(SIGN_IN_PLACE.attempts + 1)]
        assert answers[-1] == 429
        browser.cookies[settings.DEVICE_COOKIE_NAME] = "eyJhIjoiYiJ9:1abc:forged"
        assert attempt(browser, user.email) == 429

    def test_counts_every_spelling_of_an_address_as_one(self, user: User) -> None:
        spellings = [user.email.upper(), f" {user.email}", user.email.title()] * 2
        assert [attempt(Client(), typed) for typed in spellings][-1] == 429

    def test_takes_a_whole_network_of_ipv6_for_one_place(self, user: User) -> None:
        answers = [
            attempt(Client(), user.email, place=f"2001:db8::{number}")
            for number in range(1, SIGN_IN_PLACE.attempts + 2)
        ]
        assert answers[-1] == 429

    def test_is_written_down_for_the_account(self, user: User) -> None:
        for _ in range(SIGN_IN_PLACE.attempts + 3):
            attempt(Client(), user.email)
        event = SecurityEvent.objects.get(kind=Kind.THROTTLED)
        assert event.account == user

    def test_goes_on_where_the_cache_is_away(self, user: User) -> None:
        with patch.object(throttling, "cache", AWAY):
            assert attempt(Client(), user.email, PASSWORD) == 302
            answers = [attempt(Client(), user.email) for _ in range(SIGN_IN_PLACE.attempts + 1)]
        assert answers[-1] == 429


class TestReset:
    def test_sends_few_mails_to_one_address(self, user: User) -> None:
        sent = {"email": user.email}
        address = reverse("account_reset_password")
        answers = [Client().post(address, sent).status_code for _ in range(5)]
        assert answers[-1] == 429
        assert len(mail.outbox) <= 3

    def test_answers_alike_whether_there_is_an_account(self, user: User) -> None:
        pages = []
        for email in (user.email, "nobody@mill.example"):
            answer = Client().post(reverse("account_reset_password"), {"email": email}, follow=True)
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
            pages.append((answer.redirect_chain, text))
        assert pages[0] == pages[1]


class TestProvingAgain:
    def test_slows_down_one_session_and_not_the_owners_other(self, user: User) -> None:
        found, own = Client(), Client()
        for browser in (found, own):
            browser.force_login(user)
        address = reverse("account_change_password")
        sent = {"oldpassword": WRONG, "password1": "seven slow herons", "password2": "x"}
        assert [found.post(address, sent).status_code for _ in range(7)][-1] == 429
        right = {"oldpassword": PASSWORD, "password1": "seven slow herons"}
        assert own.post(address, right | {"password2": "seven slow herons"}).status_code == 302


class TestTooMany:
    def test_waits_at_least_a_second(self, user: User) -> None:
        edge = timezone.now().replace(second=59, minute=59, microsecond=999_999)
        with patch("django.utils.timezone.now", return_value=edge):
            for _ in range(SIGN_IN_PLACE.attempts):
                attempt(Client(), user.email)
            sent = {"login": user.email, "password": WRONG}
            answer = Client().post(reverse("account_login"), sent, REMOTE_ADDR="203.0.113.9")
        assert answer.headers["Retry-After"] == "1"
