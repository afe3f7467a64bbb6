"""How a test looks at a page: who is signed in, what axe objects to, whether it fits."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

from governance.models import User

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = 1280, 360
_axe = Axe()


@dataclass
class Witness:
    """Write down what a page does that no page of ours may do."""

    host: str
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Watch every page of a browser context."""
        context.route("**/*", self._let_through_our_own)
        context.on("page", self._watch_page)

    def _watch_page(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))

    def _hear(self, message: ConsoleMessage) -> None:
        expected = "status of 4" in message.text
        if message.type == "error" and not expected:
            self.complaints.append(f"console: {message.text}")

    def _let_through_our_own(self, route: Route, request: Request) -> None:
        if urlsplit(request.url).netloc == self.host or request.url.startswith("data:"):
            route.continue_()
        else:
            self.complaints.append(f"asked another host: {request.url}")
            route.abort()


def sign_in(context: BrowserContext, user: User, *, address: str) -> None:
    """Give the browser a session of this account, without the form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])


def objections(page: Page, *, rules: tuple[str, ...] = ()) -> list[str]:
    """Return what axe objects to under WCAG 2.2 AA, one line each; all rules unless named."""
    only: dict[str, Any] = {"type": "tag", "values": WCAG}
    if rules:
        only = {"type": "rule", "values": list(rules)}
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_axe.axe_script)
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{each['id']}: {node['target'][0]}  {node['html'][:120]}"
        for each in found["violations"]
        for node in each["nodes"][:3]
    ]


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(page.evaluate(width))


def look_at(page: Page) -> list[str]:
    """Return every objection to the page on screen: on a desk, in the dark, on a phone."""
    found = [f"desk: {line}" for line in objections(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {line}" for line in objections(page, rules=("color-contrast",))]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": PHONE, "height": 740})
    if (wider := overflow(page)) > 0:
        found.append(f"phone: {wider} px too wide")
    found += [f"phone: {line}" for line in objections(page, rules=("target-size",))]
    page.set_viewport_size({"width": DESK, "height": 900})
    return found
