"""Whatever a browser is sent: what it may not do with it, on every address and every error."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from governance.models import User
from tests.flows.every_address import Address, every_address
from tests.flows.rest_world import World, make_world
from tests.people import Cast, make_cast
from tests.wire import token_for

pytestmark = pytest.mark.django_db
WALLS = ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NONCE = re.compile(r"'nonce-([^']+)'")


class Inline(HTMLParser):
    """Collect what a strict policy would not run: code and style inside a page."""

    def __init__(self, nonce: str) -> None:
        """Start with nothing found."""
        super().__init__()
        self.nonce = nonce
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one tag and its attributes."""
        held = dict(attrs)
        self.found += [f"{tag} {name}" for name in held if name.startswith("on") or name == "style"]
        self.found += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if name in {"href", "src", "action"} and (value or "").lower().startswith("javascript:")
        ]
        if tag == "style" or (tag == "script" and "src" not in held):
            is_data = held.get("type") == "application/json"
            if not is_data and (not self.nonce or held.get("nonce") != self.nonce):
                self.found.append(f"inline <{tag}>")


def inline_in(answer: HttpResponseBase) -> list[str]:
    """Return what stands inline in a page."""
    if "text/html" not in answer.headers.get("Content-Type", ""):
        return []
    policy = answer.headers["Content-Security-Policy"]
    nonce = NONCE.search(policy)
    parser = Inline(nonce[1] if nonce else "")
    parser.feed(answer.getvalue().decode())
    return parser.found


def wrong_with(answer: HttpResponseBase) -> Iterator[str]:
    """Yield what an answer lacks or says too much."""
    policy = answer.headers.get("Content-Security-Policy", "")
    yield from (f"no {wall}" for wall in WALLS if wall not in policy)
    yield from (word for word in ("unsafe-inline", "unsafe-eval", "*") if word in policy)
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value:
            yield f"{name}: {answer.headers.get(name)}"
    if "camera=()" not in answer.headers.get("Permissions-Policy", ""):
        yield "no Permissions-Policy"
    kept = answer.headers.get("Cache-Control", "")
    # an answer to a token may be kept by the program that asked, and asked about again
    if "no-store" not in kept and not (kept == "private, no-cache" and is_rest(answer)):
        yield f"Cache-Control: {kept}"
    yield from inline_in(answer)


def is_rest(answer: Any) -> bool:
    """Say whether the answer came from the REST interface."""
    return bool(answer.request["PATH_INFO"].startswith("/api/v1/"))


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def world(cast: Cast) -> World:
    return make_world(cast.project, mark="Ours")


@pytest.fixture
def addresses(world: World) -> list[Address]:
    return every_address(world.project)


def readers(world: World, cast: Cast) -> list[User | None]:
    return [None, world.lead, cast.sponsor, cast.consultant, cast.stranger]


def as_reader(user: User | None, **more: Any) -> Client:
    client = Client(raise_request_exception=False, **more)
    if user is not None:
        client.force_login(user)
    return client


class TestEveryAnswer:
    def test_keeps_the_browser_in_its_walls(
        self, world: World, cast: Cast, addresses: list[Address]
    ) -> None:
        assert len(addresses) > 100
        wrong, seen = {}, set()
        for user in readers(world, cast):
            client = as_reader(user)
            for address in addresses:
                for method in ("get", "post"):
                    if address.name == "account_logout" and method == "post":
                        continue
                    answer = getattr(client, method)(address.path)
                    seen.add(answer.status_code)
                    if found := list(wrong_with(answer)):
                        wrong[f"{method} {address.name} {answer.status_code}"] = found
        assert not wrong
        assert {200, 302, 401, 403, 404, 405} <= seen

    def test_does_so_for_a_program_too(self, world: World, addresses: list[Address]) -> None:
        client = Client(headers={"Authorization": f"Bearer {token_for(world.lead)}"})
        wrong = {}
        for address in addresses:
            if address.name.startswith("api:"):
                answer = client.get(address.path)
                if found := list(wrong_with(answer)):
                    wrong[address.name] = found
        assert not wrong

    def test_does_so_when_a_request_is_malformed_or_the_mistake_is_ours(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken() -> None:
            raise ZeroDivisionError("the inside of it")

        monkeypatch.setattr("readiness.views.health.look_after_health", broken)
        client = as_reader(world.lead)
        answers = [
            client.get("/", headers={"Host": "elsewhere.example"}),
            client.get("/health/"),
            client.get("/there/is/nothing/"),
        ]
        assert [answer.status_code for answer in answers] == [400, 500, 404]
        assert not [found for answer in answers for found in wrong_with(answer)]
        assert b"the inside of it" not in answers[1].content


class TestOverHttps:
    def test_nothing_is_sent_in_the_clear(self) -> None:
        """Read the settings anew, as an installation behind TLS has them."""
        held = product_settings(HTTPS="1")
        assert held["SECURE_SSL_REDIRECT"] == "True"
        assert int(held["SECURE_HSTS_SECONDS"]) >= 365 * 24 * 60 * 60
        assert held["SECURE_HSTS_INCLUDE_SUBDOMAINS"] == "True"

    def test_every_cookie_is_this_hosts_own(self) -> None:
        held = product_settings(HTTPS="1")
        for cookie in ("SESSION", "CSRF", "LANGUAGE"):
            assert held[f"{cookie}_COOKIE_NAME"].startswith("__Host-")
            assert held[f"{cookie}_COOKIE_SECURE"] == held[f"{cookie}_COOKIE_HTTPONLY"] == "True"
            assert held[f"{cookie}_COOKIE_SAMESITE"] in {"Lax", "Strict"}
            assert (held[f"{cookie}_COOKIE_PATH"], held[f"{cookie}_COOKIE_DOMAIN"]) == ("/", "None")


def product_settings(**environment: str) -> dict[str, str]:
    """Return the product's own settings in a process with this environment."""
    code = (
        "import json; from django.conf import settings;"
        "print(json.dumps({n: str(getattr(settings, n)) for n in dir(settings) if n.isupper()}))"
    )
    ran = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", code],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "readiness.config.settings", **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, str] = json.loads(ran.stdout)
    return found
