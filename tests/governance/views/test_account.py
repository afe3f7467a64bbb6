"""The account's own page: who it is, and where it is signed in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, SignedInSession, User
from tests.factories import PASSWORD, join, make_project, make_user
from tests.people import Cast, make_cast

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(user: User, agent: str = FIREFOX) -> Client:
    """Return a browser in which the account is signed in."""
    browser = Client(HTTP_USER_AGENT=agent)
    sent = {"login": user.email, "password": PASSWORD}
    assert browser.post(reverse("account_login"), sent).status_code == 302
    return browser


def key_of(browser: Client) -> str:
    """Return the key of a browser's session."""
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def page_of(browser: Client) -> str:
    """Return the account page as this browser sees it."""
    answer = browser.get(reverse("governance:account-show"))
    assert answer.status_code == 200
    return answer.content.decode()


class TestShowAccount:
    def test_says_who_it_is_and_where_it_is_signed_in(self, cast: Cast) -> None:
        user = cast.business_user
        desk, phone = signed_in(user), signed_in(user, IPHONE)
        page = page_of(desk)
        assert user.email in page
        assert cast.project.name in page
        assert "Business user" in page
        assert page.index("Firefox on Linux") < page.index("Safari on iPhone")
        for browser in (desk, phone):
            assert key_of(browser) not in page
        assert "Single sign-on" not in page, "the organisation has set up none"

    def test_shows_nobody_elses_sessions_and_none_that_ran_out(self, cast: Cast) -> None:
        browser = signed_in(cast.business_user)
        signed_in(cast.auditor, IPHONE)
        old = signed_in(cast.business_user, IPHONE)
        past = timezone.now() - timedelta(seconds=1)
        SignedInSession.objects.filter(pk=key_of(old)).update(expire_date=past)
        assert "iPhone" not in page_of(browser)

    def test_shows_no_project_of_another_client(self, cast: Cast) -> None:
        neighbour = make_user(organisation=cast.other_client)
        join(project=cast.other_project, user=neighbour)
        page = page_of(signed_in(neighbour))
        assert cast.project.name not in page
        assert cast.other_project.name in page

    def test_asks_strangers_to_sign_in(self, client: Client) -> None:
        answer = client.get(reverse("governance:account-show"))
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/accounts/login/?next=/account/"


class TestEndOneSession:
    def test_ends_that_one_and_writes_it_down(self, cast: Cast) -> None:
        user = cast.business_user
        desk, phone = signed_in(user), signed_in(user, IPHONE)
        row = SignedInSession.objects.get(pk=key_of(phone))
        answer = desk.post(reverse("governance:session-end", args=[row.public_id]))
        assert answer.status_code == 302
        assert phone.get("/work/").status_code == 302
        assert desk.get("/work/").status_code == 200
        event = SecurityEvent.objects.get(kind=SecurityEventKind.SESSIONS_ENDED)
        assert (event.account, event.terms) == (user, {"why": "ASKED", "number": 1})

    def test_ends_no_session_of_somebody_else(self, cast: Cast) -> None:
        victim = signed_in(cast.auditor)
        row = SignedInSession.objects.get(pk=key_of(victim))
        own = signed_in(cast.business_user)
        for name in (row.public_id, uuid4()):
            answer = own.post(reverse("governance:session-end", args=[name]))
            assert answer.status_code == 404
        assert victim.get("/work/").status_code == 200

    def test_is_not_done_by_looking(self, cast: Cast) -> None:
        browser = signed_in(cast.business_user)
        row = SignedInSession.objects.get(pk=key_of(browser))
        address = reverse("governance:session-end", args=[row.public_id])
        assert browser.get(address).status_code == 405
        assert browser.get("/work/").status_code == 200


class TestEndOtherSessions:
    def test_ends_all_but_this_one(self, cast: Cast) -> None:
        user = make_user(organisation=cast.client)
        desk, phone, tablet = (signed_in(user) for _ in range(3))
        neighbour = signed_in(cast.auditor)
        answer = desk.post(reverse("governance:session-end-others"), follow=True)
        assert "2 other browsers are signed out." in answer.content.decode()
        assert [browser.get("/work/").status_code for browser in (phone, tablet)] == [302, 302]
        assert desk.get("/work/").status_code == neighbour.get("/work/").status_code == 200

    def test_says_so_where_there_are_none(self, cast: Cast) -> None:
        desk = signed_in(cast.business_user)
        answer = desk.post(reverse("governance:session-end-others"), follow=True)
        assert "signed in nowhere else" in answer.content.decode()
        assert not SecurityEvent.objects.filter(kind=SecurityEventKind.SESSIONS_ENDED).exists()


class TestWhatItCosts:
    def test_asks_as_much_for_many_sessions_and_roles_as_for_one(self, cast: Cast) -> None:
        browser = signed_in(cast.business_user)
        page_of(browser)
        numbers = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as asked:
                page_of(browser)
            numbers.append(len(asked))
            for _ in range(3):
                signed_in(cast.business_user, IPHONE)
                project = make_project(organisation=cast.client)
                join(project=project, user=cast.business_user)
        assert numbers == [7, 7]
