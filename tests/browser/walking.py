"""Walk from the front page along links, as each account of the demo, to every page there is."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from urllib.parse import urlsplit

from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from governance.models import User
from governance.permissions.table import policy
from tests.browser.demo import Demo

# Whoever finds more comes earlier; a page is looked at as the first who reaches it sees it.
WALKERS = ("owner", "pm", "sponsor", "testlead", "tester", "auditor")
PARTNER = "corvane.example"
LINK = re.compile(r'<a\s[^>]*?href="([^"#]+)|<form\s[^>]*?action="([^"]+)"[^>]*method="get"', re.I)
# Addresses that answer with something else than a page, or that only other programs ask.
NOT_PAGES = re.compile(r"^api:(?!docs)|^readiness:health|-download$|-version$|-data$|-csv$")


@dataclass(frozen=True, slots=True)
class Found:
    """One page: its name, one address of it, and who got there."""

    name: str
    address: str
    user: User | None


def walk(demo: Demo) -> dict[str, Found]:
    """Return one address for each page that somebody reaches by links, name -> page."""
    found: dict[str, Found] = {}
    for page in walk_all(demo):
        found.setdefault(page.name, page)
    return found


@cache
def walk_all(demo: Demo) -> list[Found]:
    """Return each page once for everybody who reaches it; every copy of the demo has the same."""
    hero = reverse("readiness:gate-show", args=[demo.hero.public_id])
    found = []
    consultant = demo.account("consultant", at=PARTNER)
    for user in [None, *map(demo.account, WALKERS), consultant]:
        client = Client()
        if user is not None:
            client.force_login(user)
        found += list(_reached(client, user, first=hero if user else "/"))
    return found


def _reached(client: Client, user: User | None, *, first: str) -> Iterator[Found]:
    """Yield each page by name once, breadth first from one page and the front page."""
    waiting, seen = deque([first, "/"]), set[str]()
    while waiting:
        address = waiting.popleft()
        name = name_of(address)
        if name is None or name in seen or name == "account_logout":
            continue
        seen.add(name)
        answer = client.get(address)
        if 300 <= answer.status_code < 400:
            waiting.append(urlsplit(answer.headers["Location"]).path)
        elif _is_page(answer):
            yield Found(name=name, address=address, user=user)
            waiting.extend(_links(answer))


def _is_page(answer: HttpResponseBase) -> bool:
    is_html = answer.headers.get("Content-Type", "").startswith("text/html")
    return answer.status_code == HTTPStatus.OK and is_html


def _links(answer: HttpResponseBase) -> Iterator[str]:
    for link, action in LINK.findall(answer.getvalue().decode()):
        address = urlsplit((link or action).replace("&amp;", "&"))
        if not address.netloc and address.path.startswith("/"):
            yield address.path


def name_of(address: str) -> str | None:
    """Return the name of an address, or nothing where it leads nowhere."""
    try:
        return resolve(address).view_name
    except Resolver404:
        return None


def pages_there_are() -> set[str]:
    """Return the names of our own addresses that one can look at, and that ought to be pages."""
    looked_at = {name for name, method in policy() if method == "GET" and ":" in name}
    return {name for name in looked_at if not NOT_PAGES.search(name)}
