"""Take the pictures that the README shows, from a demo of its own that always plays on one day.

Start it as `make screenshots`; it takes a minute and writes into .docs/screenshots/.
"""

import argparse
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import django
import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connections
from django.db.backends.signals import connection_created
from django.test.testcases import LiveServerThread
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".docs" / "screenshots"
# Monday morning, six weeks before the go-live of the upgrade that the demo is about.
MOMENT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
# However long the loading took: judged once more, and looked at.
JUDGED_AT = MOMENT + timedelta(minutes=15)
SHOWN_AT = MOMENT + timedelta(minutes=16)
MOST_BYTES = 150_000
COLOURS = (256, 128, 64, 32)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: who looks at what, how wide, in light or dark."""

    name: str
    role: str
    width: int
    height: int
    scheme: Literal["light", "dark"] = "light"
    scale: float = 1

    @property
    def is_phone(self) -> bool:
        """Say whether it is taken on a phone."""
        return self.width < 600


def settle_environment(folder: Path) -> None:
    """Let the product read an environment of our own, and nothing of this machine's."""
    os.environ.update(
        DJANGO_SETTINGS_MODULE="readiness.config.settings",
        SECRET_KEY="pictures-only-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486-3f0c9d1b7a5e2486",  # noqa: S106
        SECRET_KEY_FILE="",
        DEBUG="0",
        DEMO_MODE="1",
        HTTPS="0",
        ALLOWED_HOSTS="localhost",
        REDIS_URL="",
        EMAIL_URL="memorymail://",
        VAR_DIR=str(folder),
        DATABASE_URL=f"sqlite:///{folder / 'pictures.sqlite3'}",
        STATICFILES_BACKEND="django.contrib.staticfiles.storage.StaticFilesStorage",
        LOG_LEVEL="ERROR",
        DJANGO_ALLOW_ASYNC_UNSAFE="1",
    )
    (folder / "static").mkdir()
    django.setup()


def tell_the_time_of_python(connection: Any, **_: object) -> None:
    """Let a database tell the time that Python tells; its own clock cannot be turned back."""

    def strftime(shape: str, *_: str) -> str:
        now = datetime.now(UTC)
        return now.strftime(shape.replace("%f", f"%S.{now.microsecond // 1000:03d}"))

    connection.connection.create_function("strftime", -1, strftime)


@contextmanager
def served() -> Iterator[str]:
    """Serve the demo from this process; yield its address."""
    server = LiveServerThread("localhost", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    try:
        yield f"http://localhost:{server.port}"
    finally:
        server.terminate()


def shrunk(picture: bytes) -> bytes:
    """Return a picture with as many colours as its size allows."""
    whole = Image.open(io.BytesIO(picture)).convert("RGB")
    for colours in COLOURS:
        small = io.BytesIO()
        whole.quantize(colours, dither=Image.Dither.NONE).save(small, "PNG", optimize=True)
        if small.tell() <= MOST_BYTES:
            break
    return small.getvalue()


def opened(browser: Browser, picture: Picture, *, address: str) -> Page:
    """Return a page on which somebody has come in through the demo's door."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme=picture.scheme,
        locale="en-GB",
        timezone_id="Europe/Oslo",
        reduced_motion="reduce",
        has_touch=picture.is_phone,
    )
    context.clock.set_fixed_time(SHOWN_AT)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("listitem").filter(has_text=picture.role).get_by_role("button").click()
    page.wait_for_load_state("networkidle")
    return page


def keep(page: Page, picture: Picture) -> None:
    """Write what the window shows."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.activeElement?.blur()")
    small = shrunk(page.screenshot())
    (FOLDER / f"{picture.name}.png").write_bytes(small)
    print(f"{picture.name}.png: {len(small) / 1000:.0f} kB")  # noqa: T201 - this is a command


def take_portfolio(browser: Browser, *, address: str) -> None:
    """Show all upgrades, as the sponsor sees them first."""
    picture = Picture("portfolio", "Ingrid Halvorsen", 1280, 860)
    keep(opened(browser, picture, address=address), picture)


def take_gate(browser: Browser, *, address: str) -> None:
    """Show why one upgrade cannot go live, in the dark."""
    picture = Picture("gate", "Ingrid Halvorsen", 1280, 1000, scheme="dark")
    page = opened(browser, picture, address=address)
    page.get_by_role("link", name="Orion: pump business on one ERP").first.click()
    keep(page, picture)


def take_process(browser: Browser, *, address: str) -> None:
    """Show the evidence that a process owner signs or refuses."""
    picture = Picture("process", "Marta Kowal", 1280, 1000)
    page = opened(browser, picture, address=address)
    page.get_by_role("link", name="Orion: pump business on one ERP").first.click()
    page.get_by_role("link", name="Processes", exact=True).click()
    page.get_by_role("link", name="01 Lead to order").click()
    page.get_by_role("radio", name="I refuse").check()
    page.get_by_role("textbox", name="Reason").fill("Nobody has tried to take an order back yet.")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    keep(page, picture)


def take_run(browser: Browser, *, address: str) -> None:
    """Show a scenario that a tester runs on a phone."""
    picture = Picture("run", "Paula Costa", 360, 740, scale=2)
    page = opened(browser, picture, address=address)
    page.goto("/")
    page.get_by_role("link", name="Orion: pump business on one ERP").first.click()
    page.get_by_role("link", name="Scenarios", exact=True).click()
    page.locator("main table").get_by_role("link").first.click()
    page.get_by_role("link", name="Record a run").first.click()
    page.get_by_role("group", name="Step 1").get_by_label("Passed").check()
    page.get_by_role("group", name="Step 2").get_by_label("Failed").check()
    page.get_by_label("Step 2: what did you see?").fill("The total stays empty.")
    page.wait_for_timeout(1000)
    page.locator("form.panel").evaluate("form => form.scrollIntoView()")
    keep(page, picture)


def main() -> int:
    """Load the demo at its moment, serve it, and take every picture."""
    argparse.ArgumentParser(prog="make screenshots", description=__doc__).parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, time_machine.travel(MOMENT) as clock:
        settle_environment(Path(folder))
        connection_created.connect(tell_the_time_of_python)
        call_command("migrate", verbosity=0)
        call_command("load_demo", today=MOMENT.date(), stdout=io.StringIO())
        clock.move_to(JUDGED_AT)
        call_command("evaluate_gates", stdout=io.StringIO())
        clock.move_to(SHOWN_AT)
        connections.close_all()
        with served() as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for take in (take_portfolio, take_gate, take_process, take_run):
                take(browser, address=address)
            browser.close()
    print(f"Taken in {time.monotonic() - started:.0f} s.")  # noqa: T201 - this is a command
    return 0


if __name__ == "__main__":
    sys.exit(main())
