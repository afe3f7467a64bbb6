"""How long a session lasts, who may use it, and what ends it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.middleware import SessionStore
from governance.models import SignedInSession, User
from governance.services.sessions import note_use
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
START = datetime(2026, 6, 1, 9, 0, tzinfo=timezone.get_default_timezone())


@pytest.fixture
def user() -> User:
    """Return an account."""
    return make_user(organisation=make_organisation())


@contextmanager
def clock(after: timedelta) -> Iterator[None]:
    """Let the clock stand so long after the start."""
    with patch("django.utils.timezone.now", return_value=START + after):
        yield


def sign_in(browser: Client, user: User) -> HttpResponse:
    """Sign in as somebody does."""
    sent = {"login": user.email, "password": PASSWORD}
    answer = browser.post(reverse("account_login"), sent, HTTP_USER_AGENT=FIREFOX)
    assert answer.status_code == 302, answer.content
    return answer  # type: ignore[return-value]


def opens(browser: Client, after: timedelta, name: str = "readiness:my-work") -> bool:
    """Say whether a page is shown so long after the start."""
    with clock(after):
        return browser.get(reverse(name)).status_code < 300


def row_of(browser: Client) -> SignedInSession:
    """Return the row of a browser's session."""
    return SignedInSession.objects.get(pk=browser.cookies[settings.SESSION_COOKIE_NAME].value)


class TestSessions:
    def test_say_whose_they_are_since_when_and_from_where(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        row = row_of(browser)
        assert (row.account, row.started_at, row.seen_at) == (user, START, START)
        assert (row.address, row.agent) == ("127.0.0.1", FIREFOX)
        assert row.expire_date == START + 30 * MINUTE

    def test_get_a_new_identifier_at_sign_in(self, client: Client, user: User) -> None:
        store = SessionStore()
        store["planted"] = "by somebody else"
        store.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key or ""
        sign_in(client, user)
        assert row_of(client).pk != store.session_key
        assert not SignedInSession.objects.filter(pk=store.session_key).exists()

    def test_end_half_an_hour_after_the_last_use(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        assert opens(browser, 29 * MINUTE)
        assert opens(browser, 58 * MINUTE)
        assert not opens(browser, 89 * MINUTE)

    def test_never_last_beyond_twelve_hours(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        for minutes in range(20, 12 * 60, 20):
            assert opens(browser, minutes * MINUTE), minutes
        assert row_of(browser).expire_date == START + 12 * HOUR
        assert opens(browser, 12 * HOUR - MINUTE)
        assert not opens(browser, 12 * HOUR)

    def test_do_not_last_on_by_a_page_that_asks_by_itself(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        for minutes in range(5, 30, 5):
            assert opens(browser, minutes * MINUTE, "readiness:portfolio-version")
        assert not opens(browser, 30 * MINUTE)

    def test_are_written_once_a_minute_and_never_for_a_fresh_one(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        written = []
        for after in (10, 59, 61, 70, 119, 122):
            with clock(timedelta(seconds=after)), CaptureQueriesContext(connection) as asked:
                browser.get(reverse("readiness:portfolio"))
            written.append(sum("UPDATE" in one["sql"] for one in asked))
        assert written == [0, 0, 1, 0, 0, 1]

    def test_are_not_put_back_by_a_request_under_way(self, user: User) -> None:
        browser = Client()
        sign_in(browser, user)
        slow = SessionStore(row_of(browser).pk)
        slow["word"] = "late"
        SignedInSession.objects.of_user(user).delete()
        with pytest.raises(UpdateError):
            slow.save()
        assert not SignedInSession.objects.of_user(user).exists()

    def test_are_not_stretched_by_a_request_that_saves_late(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        with clock(20 * MINUTE):
            stores = [SessionStore(row_of(browser).pk) for _ in range(2)]
            for store in stores:
                store["word"] = "kept"
        with clock(13 * HOUR):
            for store in stores:
                store.cycle_key()
        ends = SignedInSession.objects.of_user(user).values_list("expire_date", flat=True)
        assert ends
        assert set(ends) == {START + 12 * HOUR}

    def test_are_not_turned_back_by_a_request_that_was_slow(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        slow = row_of(browser)
        assert opens(browser, 10 * MINUTE)
        note_use(session=slow, used_at=START + 2 * MINUTE)
        assert row_of(browser).expire_date == START + 40 * MINUTE

    def test_do_not_come_back_by_a_use_once_they_ran_out(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        note_use(session=row_of(browser), used_at=START + 31 * MINUTE)
        assert row_of(browser).expire_date == START + 30 * MINUTE

    def test_stay_the_same_under_a_new_key(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        before = row_of(browser)
        with clock(25 * MINUTE):
            store = SessionStore(before.pk)
            store.cycle_key()
            store.save()
        after = SignedInSession.objects.of_user(user).get()
        assert after.pk != before.pk
        assert after.public_id != before.public_id
        assert after.started_at == before.started_at
        assert after.agent == FIREFOX


class TestSignInPage:
    @pytest.mark.parametrize(
        ("after", "sentence"),
        [(31 * MINUTE, "was not used for 30 minutes"), (13 * HOUR, "twelve hours")],
    )
    def test_says_why_somebody_was_signed_out(
        self, user: User, after: timedelta, sentence: str
    ) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        if after > HOUR:
            for minutes in range(20, 12 * 60, 20):
                assert opens(browser, minutes * MINUTE)
        with clock(after):
            answer = browser.get(reverse("readiness:my-work"))
            assert answer.status_code == 302
            assert answer.headers["Location"] == "/accounts/login/?next=/work/"
            page = browser.get(answer.headers["Location"]).content.decode()
        assert sentence in page

    def test_says_nothing_to_whoever_comes_for_the_first_time(self, client: Client) -> None:
        assert "signed out" not in client.get(reverse("account_login")).content.decode()

    def test_leads_back_to_the_page_and_forgets_the_old_session(self, user: User) -> None:
        browser = Client()
        with clock(timedelta()):
            sign_in(browser, user)
        old = row_of(browser).pk
        with clock(HOUR):
            sent = {"login": user.email, "password": PASSWORD, "next": "/work/"}
            answer = browser.post(reverse("account_login"), sent)
        assert answer.headers["Location"] == "/work/"
        assert row_of(browser).pk != old
