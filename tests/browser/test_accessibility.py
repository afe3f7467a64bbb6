"""Every page of the demo, looked at in a real Chromium: WCAG 2.2 AA, dark, phone, keyboard."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from readiness.services.digests import stop_token
from tests.browser.conftest import CLOSELY, OpenPage
from tests.browser.demo import Demo
from tests.browser.looking import Witness, look_at, look_closely
from tests.browser.tally import Tally
from tests.browser.walking import Found, pages_there_are, walk

# What is no page of its own, and so is not reached by links.
NOT_BY_LINKS = {
    "governance:client-choose": "for a partner's account with several clients",
    "governance:escalation-add": "names in its query what is escalated",
    "governance:import-progress": "a part of a page",
    "readiness:request-decline": "the second step of a button",
    "governance:import-undo": "a button",
    "readiness:stop-end": "where a gate is stopped",
    "governance:person-answer-change": "for who manages a department, once it answered",
    "governance:invitation-accept": "the way in of a letter",
    "governance:sign-on-finish": "where a provider sends back to",
}
# Pages that no link leads to, and pages as somebody sees them who has nothing there yet.
BESIDES = {
    "readiness:style-show": "/style/",
    "an address that leads nowhere": "/nowhere/",
}
EMPTY = (
    "readiness:portfolio",
    "readiness:my-work",
    "governance:import-list",
    "governance:token-list",
)


def pages_to_look_at(demo: Demo) -> dict[str, Found]:
    """Return every page there is, once, and the same pages where they are empty."""
    pages = walk(demo)
    stranger = demo.account("sponsor", at="fjordline.example")
    stop = reverse("readiness:digest-stop", args=[stop_token(demo.account("sponsor"))])
    for name, address in {**BESIDES, "readiness:digest-stop": stop}.items():
        pages[name] = Found(name, address, None)
    sign_on = "governance:identity-list"  # linked only where a provider is set up
    pages[sign_on] = Found(sign_on, reverse(sign_on), demo.account("sponsor"))
    for name in EMPTY:
        named = f"{name} of somebody without a project"
        pages[named] = Found(named, reverse(name), stranger)
    return pages


def look(page: Page) -> list[str]:
    """Look as closely as this run has time for."""
    return look_closely(page) if CLOSELY else look_at(page)


class TestEveryPage:
    @pytest.mark.slow
    def test_is_reached_by_links_and_pleases_everybody(
        self, demo: Demo, open_page: OpenPage, witness: Witness, tally: Tally
    ) -> None:
        pages = pages_to_look_at(demo)
        for found in pages.values():
            page = open_page(found.address, user=found.user)
            seen = [*look(page), *witness.complaints]
            witness.complaints.clear()
            tally.pages.add(found.name)
            tally.violations += [f"{found.name} ({found.address}): {line}" for line in seen]
            page.close()
        unreached = pages_there_are() - set(pages) - set(NOT_BY_LINKS)
        assert not tally.violations, "\n" + "\n".join(tally.violations)
        assert not unreached, f"no link leads to {sorted(unreached)}"
