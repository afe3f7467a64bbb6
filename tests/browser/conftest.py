"""A real Chromium on a real server; a page that complains in the console fails its test."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from governance.models import User
from tests.browser.looking import DESK, Witness, sign_in

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE_MILLISECONDS = 30_000

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests of this folder."""
    # Playwright keeps an event loop in this thread; the database is used beside it, not in it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def witness(live_server: LiveServer) -> Iterator[Witness]:
    """Return who listens to the pages of this test, and fail where they complained."""
    listening = Witness(host=urlsplit(live_server.url).netloc)
    yield listening
    assert not listening.complaints


@pytest.fixture
def context(
    browser: Browser, live_server: LiveServer, witness: Witness
) -> Iterator[BrowserContext]:
    """Return a browser without cookies, on a desk, in the light, in UTC."""
    fresh = browser.new_context(
        base_url=live_server.url,
        viewport={"width": DESK, "height": 900},
        color_scheme="light",
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    fresh.set_default_timeout(PATIENCE_MILLISECONDS)
    witness.watch(fresh)
    yield fresh
    fresh.close()


@pytest.fixture
def open_page(context: BrowserContext, live_server: LiveServer) -> OpenPage:
    """Return a function that opens an address, signed in as somebody or as nobody."""

    def open_as(address: str, *, user: User | None = None) -> Page:
        context.clear_cookies()
        if user is not None:
            sign_in(context, user, address=live_server.url)
        page = context.new_page()
        page.goto(address)
        return page

    return open_as
