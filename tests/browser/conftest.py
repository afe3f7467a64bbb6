"""A real Chromium on a real server; a page that complains in the console fails its test."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from governance.models import User
from tests.browser.chromium import CHROMIUM, FLAGS
from tests.browser.demo import ALL_NIGHTS, FEW_NIGHTS, Demo, files_of, kept_demo, lay_demo
from tests.browser.looking import DESK, KEEP_SHIFTS, Witness, sign_in
from tests.browser.tally import Tally, tally_of

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

PATIENCE_MILLISECONDS = 30_000
CLOSELY = bool(os.environ.get("LOOK_CLOSELY"))

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what takes long for the run that has the time, and say how many that are."""
    put_off = [item for item in items if item.get_closest_marker("closely") and not CLOSELY]
    if put_off:
        config.hook.pytest_deselected(items=put_off)
        items[:] = [item for item in items if item not in put_off]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down how a journey ended, its way in and out included."""
    report = yield
    if item.get_closest_marker("journey"):
        tally_of(item.config).end_journey(item.nodeid, well=not report.failed)
    return report


def pytest_terminal_summary(terminalreporter: "TerminalReporter", config: pytest.Config) -> None:
    """Show what pages cost, and hand the figures to whoever waits for them."""
    tally = tally_of(config)
    for line in tally.table():
        terminalreporter.write_line(line)
    tally.save()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return one Chromium for all tests of this folder."""
    # Playwright keeps an event loop in this thread; the database is used beside it, not in it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
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
    fresh.add_init_script(KEEP_SHIFTS)
    witness.watch(fresh)
    yield fresh
    fresh.close()


@pytest.fixture(scope="session")
def kept(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """Return the demo as a file; whoever looks closely gets all of its nights."""
    folder = tmp_path_factory.mktemp("demo")
    nights = ALL_NIGHTS if CLOSELY else FEW_NIGHTS
    with django_db_blocker.unblock(), kept_demo(folder, nights=nights) as file:
        yield file


@pytest.fixture
def demo(kept: Path, live_server: LiveServer, settings: Settings) -> Demo:
    """Return the demo, as fresh as after loading, behind the live server."""
    settings.DEMO_MODE = True
    settings.MEDIA_ROOT = files_of(kept)
    return lay_demo(kept)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Tally:
    """Return where this run adds up what it finds."""
    return tally_of(request.config)


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
