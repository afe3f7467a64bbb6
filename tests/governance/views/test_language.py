"""Choosing the language of one's pages."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.people import make_cast

pytestmark = pytest.mark.django_db
ADDRESS = "/language/"
WORK = reverse("readiness:my-work")


class TestChooseLanguage:
    def test_stands_at_the_address_that_pages_name(self) -> None:
        assert reverse("i18n-set") == ADDRESS

    def test_is_kept_on_the_account_and_holds_in_another_browser(self, client: Client) -> None:
        cast = make_cast()
        client.force_login(cast.sponsor)
        answer = client.post(ADDRESS, {"language": "de", "next": WORK})
        assert (answer.status_code, answer["Location"]) == (302, WORK)
        elsewhere = Client()
        elsewhere.force_login(cast.sponsor)
        assert elsewhere.get("/", headers={"accept-language": "en"})["Content-Language"] == "de"

    def test_is_kept_in_a_cookie_before_signing_in(self, client: Client) -> None:
        client.post(ADDRESS, {"language": "de", "next": "/accounts/login/"})
        cookie = client.cookies[settings.LANGUAGE_COOKIE_NAME]
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert client.get("/accounts/login/")["Content-Language"] == "de"

    def test_lets_the_account_win_over_the_browsers_cookie(self, client: Client) -> None:
        cast = make_cast()
        client.post(ADDRESS, {"language": "de"})
        cast.sponsor.language = "en"
        cast.sponsor.save(update_fields=["language"])
        client.force_login(cast.sponsor)
        assert client.get("/")["Content-Language"] == "en"

    @pytest.mark.parametrize(
        "address",
        ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "", "\\\\x"],
    )
    def test_leads_back_to_our_own_pages_only(self, client: Client, address: str) -> None:
        answer = client.post(ADDRESS, {"language": "de", "next": address})
        assert answer["Location"] == "/"

    @pytest.mark.parametrize("language", ["", "fr", "DE", "de\r\nX: y"])
    def test_leaves_everything_as_it_was_for_an_unknown_language(
        self, client: Client, language: str
    ) -> None:
        answer = client.post(ADDRESS, {"language": language, "next": WORK})
        assert answer["Location"] == WORK
        assert settings.LANGUAGE_COOKIE_NAME not in client.cookies

    def test_is_not_done_by_a_link(self, client: Client) -> None:
        assert client.get(ADDRESS).status_code == 405

    def test_is_not_done_from_another_site(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.post(ADDRESS, {"language": "de"}).status_code == 403

    def test_is_offered_on_every_page_and_leads_back_to_it(self, client: Client) -> None:
        page = client.get("/accounts/login/?next=/imports/").content.decode()
        assert 'name="next" value="/accounts/login/?next=/imports/"' in page
        assert 'value="de" lang="de"' in page

    def test_leads_to_the_front_page_from_an_answer_to_a_form(self, client: Client) -> None:
        page = client.post("/accounts/login/", {"login": "nobody"}).content.decode()
        assert 'name="next" value=""' in page
