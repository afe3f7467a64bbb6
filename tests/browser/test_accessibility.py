"""Every page of the demo, looked at in a real Chromium: WCAG 2.2 AA, dark, phone, console."""

import pytest
from django.core.management import call_command
from playwright.sync_api import Page
from pytest_django import Settings

from governance.models import User
from tests.browser.conftest import OpenPage
from tests.browser.looking import Witness, look_at
from tests.browser.walking import Found, pages_there_are, walk

# Whoever finds more comes earlier; a page is looked at as the first who reaches it sees it.
WALKERS = ("owner", "pm", "sponsor", "testlead", "tester", "auditor")
# Buttons, and pages that the demo has no row for; each with the test that looks at it.
NOT_BY_LINKS = {
    "governance:import-again": "a button",
    "governance:import-detail": "tests/browser/test_working_pages.py",
    "governance:import-progress": "a part of a page",
    "governance:token-revoke": "a button",
    "readiness:acceptance-end": "a button",
    "readiness:demo-enter": "a button",
    "readiness:request-decline": "a button",
    "readiness:request-detail": "tests/browser/test_working_pages.py",
    "reports:report-request": "a button",
    "readiness:style-show": "shows the parts to developers; looked at below",
}


def _walkers() -> list[User | None]:
    return [None, *(User.objects.get(email=f"{name}@halden.example") for name in WALKERS)]


def _complaints(page: Page, found: Found, witness: Witness) -> list[str]:
    seen = [*look_at(page), *witness.complaints]
    witness.complaints.clear()
    return [f"{found.name} ({found.address}): {line}" for line in seen]


@pytest.mark.slow
class TestEveryPage:
    @pytest.fixture(autouse=True)
    def _demo(self, live_server: object, settings: Settings) -> None:
        settings.DEMO_MODE = True
        call_command("load_demo", nights=2, verbosity=0)

    def test_is_reached_by_links_and_pleases_everybody(
        self, open_page: OpenPage, witness: Witness
    ) -> None:
        pages = walk(_walkers())
        pages["readiness:style-show"] = Found("readiness:style-show", "/style/", None)
        complaints = []
        for found in pages.values():
            page = open_page(found.address, user=found.user)
            complaints += _complaints(page, found, witness)
            page.close()
        unreached = pages_there_are() - set(pages) - set(NOT_BY_LINKS)
        assert not complaints, "\n" + "\n".join(complaints)
        assert not unreached, f"no link leads to {sorted(unreached)}"
