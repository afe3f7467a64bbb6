"""Nothing jumps under the reader: parts that change in place keep everything else where it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from governance.services.marks import mark_projects
from tests.browser.conftest import OpenPage
from tests.browser.demo import Demo
from tests.browser.looking import forget_shifts, shifts

POLL_MILLISECONDS = 15_000


def settled(page: Page) -> Page:
    """Return the page once nothing is under way any more."""
    page.wait_for_load_state("networkidle")
    forget_shifts(page)
    return page


class TestGate:
    def test_does_not_jump_when_it_follows_a_change(self, demo: Demo, open_page: OpenPage) -> None:
        hero = demo.hero
        page = settled(open_page(f"/p/{hero.public_id}/", user=demo.account("sponsor")))
        mark_projects(project_ids=[hero.pk])
        expect(page.get_by_text("Being judged again.")).to_be_visible(timeout=POLL_MILLISECONDS)
        assert shifts(page) == []
        forget_shifts(page)
        demo.let_the_worker_work()
        expect(page.get_by_text("Being judged again.")).to_be_hidden(timeout=POLL_MILLISECONDS)
        assert shifts(page) == []


class TestPortfolio:
    def test_does_not_jump_when_a_verdict_changes(self, demo: Demo, open_page: OpenPage) -> None:
        page = settled(open_page("/", user=demo.account("sponsor")))
        mark_projects(project_ids=[demo.hero.pk])
        demo.let_the_worker_work()
        with page.expect_response(re.compile(r"/version/"), timeout=POLL_MILLISECONDS):
            pass
        assert shifts(page) == []

    def test_keeps_its_head_while_it_narrows_down(self, demo: Demo, open_page: OpenPage) -> None:
        page = settled(open_page("/", user=demo.account("sponsor")))
        search = page.get_by_role("searchbox")
        before = search.bounding_box()
        search.fill("no such upgrade")
        expect(page.get_by_role("heading", name="Nothing matches")).to_be_visible()
        assert search.bounding_box() == before
        expect(search).to_be_focused()


@pytest.mark.closely
class TestReport:
    def test_does_not_jump_when_it_is_printed(self, demo: Demo, open_page: OpenPage) -> None:
        address = f"/p/{demo.hero.public_id}/reports/"
        page = open_page(address, user=demo.account("sponsor"))
        page.get_by_role("button", name="Print the newest judgement").click()
        expect(page.get_by_text("You may leave this page")).to_be_visible()
        settled(page)
        demo.let_the_worker_work()
        expect(page.get_by_role("link", name="Download the PDF")).to_be_visible()
        assert shifts(page) == []
