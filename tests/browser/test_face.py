"""What an executive does in a real Chromium: reads the answer, opens the reasons, follows it."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from governance.services.marks import mark_projects
from tests.browser.conftest import OpenPage
from tests.browser.looking import look_at
from tests.readiness.worlds import World, make_world

FIRST_SCREEN = 900
POLL_MILLISECONDS = 15_000


@pytest.fixture
def world(live_server: object) -> World:
    """Return a judged upgrade in the database of the live server."""
    return make_world()


def top_of(page: Page, name: str) -> float:
    """Return how far down the page a heading stands, in pixels."""
    box = page.get_by_role("heading", name=name).bounding_box()
    assert box is not None
    return box["y"]


class TestPortfolio:
    def test_opens_the_gate_from_its_line(self, open_page: OpenPage, world: World) -> None:
        page = open_page("/", user=world.cast.sponsor)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "0 of 1 upgrade can go live as planned; none needs you this week."
        )
        page.get_by_role("link", name=world.cast.project.name, exact=True).click()
        expect(page).to_have_url(re.compile(re.escape(world.address)))

    def test_narrows_down_while_typing(self, open_page: OpenPage, world: World) -> None:
        page = open_page("/", user=world.cast.sponsor)
        page.get_by_role("searchbox").fill("no such upgrade")
        expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        expect(page).to_have_url(re.compile("q=no%20such%20upgrade"))
        page.get_by_role("searchbox").fill("")
        expect(page.get_by_role("link", name=world.cast.project.name, exact=True)).to_be_visible()

    def test_pleases_everybody(self, open_page: OpenPage, world: World) -> None:
        assert look_at(open_page("/", user=world.cast.sponsor)) == []


class TestGate:
    def test_answers_above_the_fold(self, open_page: OpenPage, world: World) -> None:
        page = open_page(world.address, user=world.cast.sponsor)
        verdict = page.locator(".verdict-lg")
        expect(verdict).to_be_in_viewport()
        expect(page.get_by_text("Reported better than it is.")).to_be_in_viewport()
        assert top_of(page, "What has to happen, and by whom") < FIRST_SCREEN
        assert top_of(page, "Accepted risks and caveats") < FIRST_SCREEN

    def test_opens_the_rows_behind_a_number(self, open_page: OpenPage, world: World) -> None:
        page = open_page(world.address, user=world.cast.sponsor)
        page.locator("#UX-01").get_by_role("link").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        rows = page.get_by_role("region").filter(has_text="Not run by the business")
        expect(rows.first).to_be_visible()

    def test_follows_a_change_by_itself(self, open_page: OpenPage, world: World) -> None:
        page = open_page(world.address, user=world.cast.sponsor)
        before = page.locator("[hx-get*=have]").get_attribute("hx-get")
        mark_projects(project_ids=[world.cast.project.pk])
        expect(page.locator("[hx-get*=have]")).not_to_have_attribute(
            "hx-get", before or "", timeout=POLL_MILLISECONDS
        )
        expect(page.get_by_text("Being judged again.")).to_be_visible()

    def test_pleases_everybody(self, open_page: OpenPage, world: World) -> None:
        assert look_at(open_page(world.address, user=world.cast.sponsor)) == []


class TestTheme:
    def test_is_the_systems_until_somebody_chooses_and_then_kept(
        self, open_page: OpenPage, world: World
    ) -> None:
        page = open_page("/", user=world.cast.sponsor)
        root = page.locator("html")
        expect(root).not_to_have_attribute("data-bs-theme", re.compile(".*"))
        page.get_by_role("button", name="Change between light and dark").click()
        expect(root).to_have_attribute("data-bs-theme", "dark")
        page.reload()
        expect(root).to_have_attribute("data-bs-theme", "dark")


class TestKeyboard:
    def test_skips_to_the_content_and_opens_the_account(
        self, open_page: OpenPage, world: World
    ) -> None:
        page = open_page("/", user=world.cast.sponsor)
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#content")).to_be_focused()

    def test_signs_out_from_the_menu(self, open_page: OpenPage, world: World) -> None:
        page = open_page("/", user=world.cast.sponsor)
        page.get_by_role("button", name=world.cast.sponsor.name).press("Enter")
        page.get_by_role("button", name="Sign out").click()
        expect(page).to_have_url(re.compile("/accounts/login/"))


class TestDemo:
    def test_signs_in_with_one_click(
        self, open_page: OpenPage, world: World, settings: Settings
    ) -> None:
        settings.DEMO_MODE = True
        sponsor = world.cast.sponsor
        sponsor.is_demo = True
        sponsor.save()
        page = open_page("/accounts/login/")
        page.get_by_role("button", name=re.compile("^Sponsor")).click()
        expect(page.get_by_role("link", name=world.cast.project.name, exact=True)).to_be_visible()
