"""The way in and out: what is known in every spelling, what ends, what is written down."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from governance.choices import SecurityEventKind as Kind
from governance.models import SecurityEvent, SignedInSession, User
from tests.factories import PASSWORD, make_organisation, make_user
from tests.wire import Caller

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "seven slow herons at dusk"  # noqa: S105


@pytest.fixture
def user() -> User:
    cache.clear()
    return make_user(organisation=make_organisation(), email="anna@mill.example")


def sign_in(user: User, **changed: str) -> Client:
    """Return a browser after an attempt to sign in."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD} | changed)
    return browser


def is_in(browser: Client) -> bool:
    """Say whether somebody is signed in there."""
    return browser.get("/work/").status_code == 200


def kinds() -> list[str]:
    """Return what was written down, in order."""
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))


def change_password(browser: Client) -> None:
    """Change the password as its owner does."""
    sent = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    answer = browser.post(reverse("account_change_password"), sent)
    assert answer.status_code == 302, answer.content


def reset_password(user: User, browser: Client | None = None) -> Client:
    """Set a new password by the link of a mail."""
    browser = browser or Client()
    browser.post(reverse("account_reset_password"), {"email": user.email})
    found = re.search(r"http://[^/]+(/accounts/password/reset/key/\S+)", str(mail.outbox[-1].body))
    assert found is not None
    page = browser.get(found.group(1))
    answer = browser.post(
        page.headers["Location"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert answer.status_code == 302, answer.content
    return browser


class TestSignInAdapter:
    @pytest.mark.parametrize(
        "typed",
        ["anna@mill.example", " Anna@MILL.example ", "ａｎｎａ@mill.example"],  # noqa: RUF001
    )
    def test_knows_an_address_in_every_spelling(self, user: User, typed: str) -> None:
        assert is_in(sign_in(user, login=typed))

    @pytest.mark.parametrize("typed", ["аnna@mill.example", "anna@mill.example.evil.org"])  # noqa: RUF001
    def test_knows_no_address_that_only_looks_alike(self, user: User, typed: str) -> None:
        assert not is_in(sign_in(user, login=typed))

    def test_writes_down_who_came_and_went(self, user: User) -> None:
        browser = sign_in(user)
        browser.post(reverse("account_logout"))
        assert kinds() == [Kind.SIGNED_IN, Kind.SIGNED_OUT]
        assert not is_in(browser)
        event = SecurityEvent.objects.get(kind=Kind.SIGNED_IN)
        assert (event.account, event.address) == (user, "127.0.0.1")

    def test_writes_down_wrong_passwords_of_accounts_alone(self, user: User) -> None:
        sign_in(user, password="not the right one")  # noqa: S106
        sign_in(user, login="nobody@mill.example")
        event = SecurityEvent.objects.get()
        assert (event.kind, event.account, event.terms) == (Kind.SIGN_IN_FAILED, user, {})

    def test_answers_alike_whether_there_is_an_account(self, user: User) -> None:
        pages = []
        for login in (user.email, "nobody@mill.example"):
            sent = {"login": login, "password": "not the right one"}
            answer = Client().post(reverse("account_login"), sent)
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
            pages.append((answer.status_code, text.replace(login, "")))
        assert pages[0] == pages[1]


class TestNewPassword:
    def test_ends_other_sessions_and_all_tokens(self, user: User) -> None:
        here, elsewhere, caller = sign_in(user), sign_in(user), Caller.of(user)
        neighbour = make_user(organisation=user.organisation)
        other = sign_in(neighbour)
        change_password(here)
        assert SignedInSession.objects.of_user(user).count() == 1
        assert [is_in(here), is_in(elsewhere), is_in(other)] == [True, False, True]
        assert caller.get("caller/").status_code == 401
        event = SecurityEvent.objects.get(kind=Kind.PASSWORD_CHANGED)
        assert event.terms == {"way": "CHANGED"}

    def test_leaves_the_session_under_a_new_key(self, user: User) -> None:
        browser = sign_in(user)
        stolen = browser.cookies[settings.SESSION_COOKIE_NAME].value
        started_at = SignedInSession.objects.get(pk=stolen).started_at
        change_password(browser)
        row = SignedInSession.objects.of_user(user).get()
        assert row.pk != stolen
        assert row.started_at == started_at
        thief = Client()
        thief.cookies[settings.SESSION_COOKIE_NAME] = stolen
        assert not is_in(thief)
        assert is_in(browser)

    def test_by_mail_ends_every_session_and_keeps_the_second_factor(self, user: User) -> None:
        factor = Authenticator.objects.create(
            user=user, type=Authenticator.Type.TOTP, data={"secret": "x"}
        )
        browsers, caller = [sign_in(user), sign_in(user)], Caller.of(user)
        browser = reset_password(user)
        assert not SignedInSession.objects.of_user(user).exists()
        assert not any(is_in(one) for one in (*browsers, browser))
        assert caller.get("caller/").status_code == 401
        assert Authenticator.objects.filter(pk=factor.pk).exists()
        event = SecurityEvent.objects.get(kind=Kind.PASSWORD_CHANGED)
        assert event.terms == {"way": "RESET"}

    def test_by_mail_ends_the_session_too_in_which_the_link_was_followed(self, user: User) -> None:
        browser = sign_in(user)
        reset_password(user, browser)
        assert not is_in(browser)
        assert not SignedInSession.objects.of_user(user).exists()
        event = SecurityEvent.objects.get(kind=Kind.PASSWORD_CHANGED)
        assert event.terms == {"way": "RESET"}

    def test_by_mail_opens_a_new_browser_while_somebody_guesses(self, user: User) -> None:
        browser = reset_password(user)
        sent = {"login": user.email, "password": PASSWORD}
        answers = [Client().post(reverse("account_login"), sent).status_code for _ in range(7)]
        assert answers[-1] == 429
        browser.post(reverse("account_login"), sent | {"password": NEW_PASSWORD})
        assert is_in(browser)

    def test_is_refused_with_a_sentence_where_it_can_be_guessed(self, user: User) -> None:
        browser = sign_in(user)
        sent = {"oldpassword": PASSWORD, "password1": "passwordpassword"}
        answer = browser.post(
            reverse("account_change_password"), sent | {"password2": "passwordpassword"}
        )
        assert "Many people use this password" in answer.content.decode()
        user.refresh_from_db()
        assert user.check_password(PASSWORD)

    def test_is_sent_to_the_address_of_the_account_and_to_no_other(self, user: User) -> None:
        for typed in ("ＡＮＮＡ@mill.example", "аnna@mill.example"):  # noqa: RUF001
            cache.clear()
            Client().post(reverse("account_reset_password"), {"email": typed})
        links = [letter for letter in mail.outbox if "password/reset/key" in str(letter.body)]
        assert [letter.to for letter in links] == [["anna@mill.example"]]
