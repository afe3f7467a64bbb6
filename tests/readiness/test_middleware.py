"""What browsers and proxies are told about every answer."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation

from readiness.middleware import KeepNothing
from tests.people import make_cast


class TestKeepNothing:
    def test_keeps_pages_out_of_every_cache(self, rf: RequestFactory) -> None:
        answer = KeepNothing(lambda request: HttpResponse("a page"))(rf.get("/"))
        assert answer.headers["Cache-Control"] == "no-store"

    def test_leaves_the_word_of_a_view(self, rf: RequestFactory) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("a page", headers={"Cache-Control": "private, no-cache"})

        answer = KeepNothing(view)(rf.get("/"))
        assert answer.headers["Cache-Control"] == "private, no-cache"


class TestReaderLanguage:
    @pytest.mark.django_db
    @pytest.mark.parametrize(
        ("wish", "language"),
        [("de-AT,de;q=0.9", "de"), ("fr,en;q=0.5", "en"), ("fr", "en"), ("%%%", "en"), ("", "en")],
    )
    def test_follows_the_browser_until_somebody_chose(
        self, client: Client, wish: str, language: str
    ) -> None:
        answer = client.get("/accounts/login/", headers={"accept-language": wish})
        assert answer.headers["Content-Language"] == language
        assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))

    @pytest.mark.django_db
    def test_speaks_english_to_programs_whoever_asks(self, client: Client) -> None:
        cast = make_cast()
        cast.sponsor.language = "de"
        cast.sponsor.save(update_fields=["language"])
        client.force_login(cast.sponsor)
        for address in ("/api/v1/projects/", "/health/live/"):
            answer = client.get(address, headers={"accept-language": "de"})
            assert "Content-Language" not in answer.headers
        unknown = client.get("/api/v1/nothing/", headers={"accept-language": "de"})
        assert "Nichts" not in unknown.content.decode()

    @pytest.mark.django_db
    def test_leaves_the_thread_as_it_found_it(self, client: Client) -> None:
        with translation.override("en"):
            client.get("/accounts/login/", headers={"accept-language": "de"})
            assert translation.get_language() == "en"

    @pytest.mark.django_db
    def test_ignores_a_language_that_the_product_no_longer_speaks(self, client: Client) -> None:
        cast = make_cast()
        cast.sponsor.language = "xx"
        cast.sponsor.save(update_fields=["language"])
        client.force_login(cast.sponsor)
        assert client.get("/").headers["Content-Language"] == "en"


class TestEveryAnswer:
    @pytest.mark.django_db
    @pytest.mark.parametrize("address", ["/health/live/", "/accounts/login/", "/no-such-page/"])
    def test_carries_the_headers_that_protect(self, client: Client, address: str) -> None:
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        for rule in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert rule in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Frame-Options"] == "DENY"
        assert "no-store" in headers["Cache-Control"]
