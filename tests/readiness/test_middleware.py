"""What browsers and proxies are told about every answer."""

import time

import pytest
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from pytest_django import Settings

from governance.choices import Scope
from governance.models import ApiToken, Decision, Project, User
from readiness import middleware
from readiness.middleware import TOKEN, UNDER_WAY, WAITS, KeepNothing, RealAddress
from tests.factories import PASSWORD
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


def where_decisions_are_raised() -> str:
    """Return the address of a form of the first project."""
    return reverse("governance:decision-add", args=[Project.objects.earliest("pk").public_id])


class TestCarryOutOnce:
    @pytest.fixture
    def sponsor(self, client: Client, db: None) -> Client:
        """Return a browser in which the sponsor has signed in."""
        cache.clear()
        client.force_login(make_cast().sponsor)
        return client

    def test_makes_one_row_of_a_form_sent_twice(self, sponsor: Client) -> None:
        where = where_decisions_are_raised()
        entered = {"title": "Which plant?", TOKEN: "of this page"}
        first = sponsor.post(where, entered)
        again = sponsor.post(where, entered)
        assert Decision.objects.count() == 1
        assert again.headers["Location"] == first.headers["Location"]

    def test_takes_the_same_words_from_another_page_and_from_another_reader(
        self, sponsor: Client
    ) -> None:
        where = where_decisions_are_raised()
        entered = {"title": "Which plant?", TOKEN: "of this page"}
        sponsor.post(where, entered)
        sponsor.post(where, {**entered, TOKEN: "of another page"})
        sponsor.force_login(User.objects.get(name="Process_Owner"))
        sponsor.post(where, entered)
        assert Decision.objects.count() == 3

    def test_makes_no_second_token_when_the_page_of_the_first_is_read_anew(
        self, sponsor: Client
    ) -> None:
        where = reverse("governance:token-list")
        entered = {"name": "Export", "scopes": Scope.READ, "days": "30", "password": PASSWORD}
        first = sponsor.post(where, {**entered, TOKEN: "of this page"})
        again = sponsor.post(where, {**entered, TOKEN: "of this page"})
        assert first.status_code == 200
        assert again.headers["Location"] == where
        assert ApiToken.objects.count() == 1

    def test_takes_a_part_of_a_page_as_often_as_it_is_sent(self, rf: RequestFactory) -> None:
        answered = HttpResponse("a part")
        request = rf.post("/", headers={"HX-Request": "true"})
        assert middleware._leads_to(request, answered) == ""
        assert middleware._leads_to(rf.post("/accounts/login/"), answered) == ""

    def test_takes_a_form_again_that_came_back_with_errors(self, sponsor: Client) -> None:
        where = where_decisions_are_raised()
        for _ in range(2):
            assert sponsor.post(where, {"title": "", TOKEN: "of this page"}).status_code == 422

    def test_waits_for_the_first_and_no_longer_than_that(
        self, sponsor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        where = where_decisions_are_raised()
        entered = {"title": "Which plant?", TOKEN: "of this page"}
        slept: list[float] = []
        monkeypatch.setattr(cache, "add", lambda *_, **__: False)
        monkeypatch.setattr(cache, "get", lambda _: UNDER_WAY)
        monkeypatch.setattr(time, "sleep", slept.append)
        sponsor.post(where, entered)
        assert len(slept) == WAITS
        assert Decision.objects.count() == 1

    def test_loses_nothing_when_the_cache_is_away(
        self, sponsor: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        where = where_decisions_are_raised()
        monkeypatch.setattr(cache, "add", lambda *_, **__: None)
        monkeypatch.setattr(cache, "get", lambda _: None)
        sponsor.post(where, {"title": "Which plant?", TOKEN: "of this page"})
        assert Decision.objects.count() == 1


class TestRealAddress:
    @pytest.mark.parametrize(
        ("proxies", "said", "address"),
        [
            (0, "203.0.113.9", "10.0.0.1"),
            (1, "203.0.113.9", "203.0.113.9"),
            (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
            (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
            (2, "203.0.113.9", "10.0.0.1"),
            (1, "2001:db8::7", "2001:db8::7"),
            (1, "[2001:db8::7]", "2001:db8::7"),
            (1, "::ffff:203.0.113.9", "203.0.113.9"),
            (1, "", "10.0.0.1"),
            (1, "unknown", "10.0.0.1"),
            (1, "203.0.113.9, <script>", "10.0.0.1"),
        ],
    )
    def test_believes_the_proxies_that_are_ours_and_nobody_else(
        self, rf: RequestFactory, settings: Settings, proxies: int, said: str, address: str
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        seen: list[str] = []

        def answer(request: HttpRequest) -> HttpResponse:
            seen.append(request.META["REMOTE_ADDR"])
            return HttpResponse()

        request = rf.get("/", headers={"X-Forwarded-For": said}, REMOTE_ADDR="10.0.0.1")
        RealAddress(answer)(request)
        assert seen == [address]


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
