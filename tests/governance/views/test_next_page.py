"""Nobody is led away: on every page that takes `next`."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from governance.models import User
from governance.views.next_page import LONGEST, is_own_page
from tests.factories import PASSWORD, make_organisation, make_user

pytestmark = pytest.mark.django_db
OWN = ["/", "/work/", "/work/?page=2&sort=-name", "/account/#a-sessions", "/p/%7Bx%7D/" * 0 + "/"]
HOSTILE = [
    "https://evil.example/",
    "http://testserver/work/",
    "https://testserver.evil.example/",
    "http://testserver@evil.example/",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example/",
    "\t//evil.example",
    " //evil.example",
    "/%09/evil.example",
    "/\x00/evil.example",
    "http:evil.example",
    "http:///evil.example",
    "http:/\\evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "ftp://evil.example/",
    "evil.example",
    "work/",
    "./work/",
    "../work/",
    "?next=https://evil.example",
    "#work",
    "/work/\r\nSet-Cookie: a=b",
    "/work/\r\n\r\n<script>",
    "／／evil.example",  # noqa: RUF001
    "//evil。example",
    "/⁄evil.example/",  # noqa: RUF001
    "/nothing-of-ours/",
    "/.evil.example",
    "/@evil.example",
    "//[::1]/",
    "https:/evil.example",
    "/work/" + "a" * LONGEST,
]


@pytest.fixture
def user() -> User:
    cache.clear()
    return make_user(organisation=make_organisation())


class TestIsOwnPage:
    @pytest.mark.parametrize("address", OWN)
    def test_takes_paths_of_the_product(self, address: str) -> None:
        assert is_own_page(address)

    @pytest.mark.parametrize("address", HOSTILE)
    def test_refuses_everything_else(self, address: str) -> None:
        assert not is_own_page(address)


@pytest.mark.parametrize("hostile", HOSTILE)
class TestEveryPageThatTakesNext:
    def test_leads_from_the_sign_in_to_the_front_page(self, user: User, hostile: str) -> None:
        for where in ("query", "body"):
            browser = Client()
            address, sent = reverse("account_login"), {"login": user.email, "password": PASSWORD}
            if where == "body":
                answer = browser.post(address, sent | {"next": hostile})
            else:
                query = {"next": hostile}
                answer = browser.post(address, sent, query_params=query)
            assert (answer.status_code, answer.headers["Location"]) == (302, "/"), where

    def test_leads_from_proving_again_to_the_front_page(self, user: User, hostile: str) -> None:
        browser = Client()
        browser.force_login(user)
        sent = {"password": PASSWORD, "next": hostile}
        answer = browser.post(reverse("account_reauthenticate"), sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")

    def test_leads_from_the_sign_out_to_the_front_page(self, user: User, hostile: str) -> None:
        browser = Client()
        browser.force_login(user)
        answer = browser.post(reverse("account_logout"), {"next": hostile})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")

    def test_leads_from_the_language_to_the_front_page(self, hostile: str) -> None:
        answer = Client().post(reverse("i18n-set"), {"language": "de", "next": hostile})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")

    def test_leads_nobody_away_who_is_signed_in_already(self, user: User, hostile: str) -> None:
        browser = Client()
        browser.force_login(user)
        answer = browser.get(reverse("account_login"), {"next": hostile})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/")
