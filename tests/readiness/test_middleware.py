"""What browsers and proxies are told about every answer."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from readiness.middleware import KeepNothing


class TestKeepNothing:
    def test_keeps_pages_out_of_every_cache(self, rf: RequestFactory) -> None:
        answer = KeepNothing(lambda request: HttpResponse("a page"))(rf.get("/"))
        assert answer.headers["Cache-Control"] == "no-store"

    def test_leaves_the_word_of_a_view(self, rf: RequestFactory) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("a page", headers={"Cache-Control": "private, no-cache"})

        answer = KeepNothing(view)(rf.get("/"))
        assert answer.headers["Cache-Control"] == "private, no-cache"


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
