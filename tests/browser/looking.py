"""How a test looks at a page: who is signed in, what axe objects to, whether it fits and stays."""

from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route

from governance.models import User
from tests.browser.keyboard import walk_by_keyboard

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK, PHONE = 1280, 360
# What counts as a jump: the limit of a good page in the measure that browsers give.
JUMP = 0.1
_axe = Axe()
# Told of before anything is painted; what moves by itself is added up, input or not.
KEEP_SHIFTS = """window.__shifts = [];
new PerformanceObserver(list => list.getEntries().forEach(entry => window.__shifts.push({
  value: entry.value, at: entry.startTime, asked: entry.hadRecentInput,
  what: entry.sources.map(source => source.node && (source.node.id || source.node.className
    || source.node.nodeName)).join(', '),
}))).observe({type: 'layout-shift', buffered: true});"""


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a page."""

    name: str
    scheme: Literal["light", "dark"]
    width: int
    height: int


LOOKS = (
    Look("desk, light", "light", DESK, 900),
    Look("desk, dark", "dark", DESK, 900),
    Look("phone, dark", "dark", PHONE, 740),
    Look("phone, light", "light", PHONE, 740),
)


@dataclass
class Witness:
    """Write down what a page does that no page of ours may do."""

    host: str
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Watch every page of a browser context."""
        context.route("**/*", self._let_through_our_own)
        context.on("page", self._watch_page)

    def forgive(self, *words: str) -> None:
        """Forget complaints that a test made happen on purpose."""
        self.complaints[:] = [
            line for line in self.complaints if not any(word in line for word in words)
        ]

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
    # axe leaves the size of targets out unless it is asked for by name
    options: dict[str, Any] = {"runOnly": only, "resultTypes": ["violations"]}
    if not rules:
        options["rules"] = {"target-size": {"enabled": True}}
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


def shifts(page: Page) -> list[str]:
    """Return what jumped on this page since it was opened or `forget_shifts` was called."""
    page.wait_for_timeout(50)  # the browser tells of shifts after the frame that made them
    found: list[dict[str, Any]] = page.evaluate("window.__shifts")
    together = sum(entry["value"] for entry in found)
    if together < JUMP:
        return []
    worst = max(found, key=lambda entry: float(entry["value"]))
    return [f"jumped by {together:.2f}, most of all: {worst['what']}"]


def forget_shifts(page: Page) -> None:
    """Begin to count anew."""
    page.evaluate("window.__shifts = []")


def look_closely(page: Page) -> list[str]:
    """Return every objection to the page on screen, in light and dark, on a desk and a phone.

    What can be unfolded is unfolded first, so that it is looked at too.
    """
    page.wait_for_load_state("networkidle")
    found = [f"desk: {line}" for line in shifts(page)]
    found += [f"keyboard: {line}" for line in walk_by_keyboard(page)]
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    for look in LOOKS:
        page.emulate_media(color_scheme=look.scheme)
        page.set_viewport_size({"width": look.width, "height": look.height})
        found += [f"{look.name}: {line}" for line in objections(page)]
        if (wider := overflow(page)) > 0:
            found.append(f"{look.name}: {wider} px too wide")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": DESK, "height": 900})
    return found


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
