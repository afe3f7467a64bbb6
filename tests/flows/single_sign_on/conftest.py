"""The two providers, each a process of its own on a port of its own, and who goes there."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from governance.services.identities import link_identity
from governance.services.identity_providers import Claims, IdentityProvider
from tests import servers
from tests.people import Cast, make_cast

SECRET = "known to both"  # noqa: S105
LYING = Path(__file__).with_name("lying_provider.py")


@dataclass(frozen=True, slots=True)
class Provider:
    """A running provider."""

    issuer: str

    def know(self, subject: str, **claims: Any) -> None:
        """Let the provider of others' making know a person and what to say about them."""
        requests.put(f"{self.issuer}/users/{subject}", json=claims, timeout=5).raise_for_status()

    def lie(self, **lies: Any) -> None:
        """Let the lying provider do something otherwise from now on."""
        requests.post(f"{self.issuer}/lies", json=lies, timeout=5).raise_for_status()


def _running(command: list[str], port: int, folder: Path) -> Iterator[Provider]:
    issuer = f"http://127.0.0.1:{port}"
    server = servers.Server(
        url=issuer, command=command, ready=lambda: _answers(issuer), log=folder / "log"
    )
    try:
        server.start()
        yield Provider(issuer)
    finally:
        server.kill()


def _answers(issuer: str) -> bool:
    try:
        return requests.get(f"{issuer}/.well-known/openid-configuration", timeout=1).ok
    except requests.RequestException:
        return False


@pytest.fixture(scope="session")
def honest_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Start the provider of others' making."""
    port = servers.free_port()
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    yield from _running([*command, "--require-nonce"], port, tmp_path_factory.mktemp("honest"))


@pytest.fixture(scope="session")
def lying_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    """Start the provider that lies."""
    port = servers.free_port()
    folder = tmp_path_factory.mktemp("lying")
    yield from _running([sys.executable, str(LYING), str(port)], port, folder)


def named(provider: Provider, **changed: Any) -> dict[str, Any]:
    """Return a provider as the environment would name it."""
    words = {
        "name": "northwind",
        "issuer": provider.issuer,
        "client_id": "readiness-gate",
        "client_secret": SECRET,
        "label": "Northwind sign-in",
        "organisation": "nobody",
        "hosts": (),
        "hidden": False,
    }
    return words | changed


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the people."""
    cache.clear()
    return make_cast()


@pytest.fixture
def honest(honest_process: Provider, settings: LazySettings, cast: Cast) -> Provider:
    """Let the client's people sign in through the provider of others' making."""
    settings.IDENTITY_PROVIDERS = [named(honest_process, organisation=cast.client.slug)]
    return honest_process


@pytest.fixture
def lying(lying_process: Provider, settings: LazySettings, cast: Cast) -> Provider:
    """Let the client's people sign in through the provider that lies; it begins honest."""
    settings.IDENTITY_PROVIDERS = [named(lying_process, organisation=cast.client.slug)]
    lying_process.lie()
    return lying_process


def at_provider(place: str, subject: str = "") -> str:
    """Sign in at a provider as a person, and return where it sends the browser."""
    if subject:
        answer = requests.post(place, data={"sub": subject}, allow_redirects=False, timeout=5)
    else:
        answer = requests.get(place, allow_redirects=False, timeout=5)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def sign_on(browser: Client, subject: str = "", **sent: str) -> HttpResponseBase:
    """Walk from the button on the sign-in page to the provider and back."""
    begun = browser.post(reverse("governance:sign-on-begin", args=["northwind"]), sent)
    assert begun.status_code == 302, begun.content
    return browser.get(at_provider(begun["Location"], subject))


def is_signed_in(browser: Client) -> bool:
    """Say whether a browser holds a session of somebody."""
    return "_auth_user_id" in browser.session


def text_of(answer: HttpResponseBase) -> str:
    """Return what a page says, as text."""
    assert isinstance(answer, HttpResponse)
    return answer.content.decode().replace("&#x27;", "'")


def linked(account: User, provider: Provider, subject: str) -> None:
    """Link an identity at a provider to an account."""
    [words] = [each for each in settings.IDENTITY_PROVIDERS if each["issuer"] == provider.issuer]
    claims = Claims(subject=subject, email=account.email, verified=True)
    link_identity(account=account, provider=IdentityProvider(**words), claims=claims)


def refusals(account: User) -> list[str]:
    """Return why single sign-on was refused to an account, as its administrators read it."""
    events = SecurityEvent.objects.filter(
        account=account, kind=SecurityEventKind.SINGLE_SIGN_ON_REFUSED
    )
    return [event.terms["reason"] for event in events.order_by("pk")]
