"""What the fixtures of this folder promise to every other browser test."""

from playwright.sync_api import BrowserContext

from tests.browser.conftest import OpenPage
from tests.browser.looking import Witness, look_at, objections, overflow

BAD = """<!doctype html><html lang="en"><head><title>Bad</title></head><body><main>
<h1>Bad</h1><p style="color:#ccc;background:#fff">faint</p><img src="data:image/gif;base64,R0lGOD">
<div style="width:2000px">wide</div></main></body></html>"""


class TestOpenPage:
    def test_shows_the_sign_in_to_a_stranger(self, open_page: OpenPage) -> None:
        page = open_page("/accounts/login/")
        assert page.get_by_role("heading").first.is_visible()
        assert look_at(page) == []


class TestWitness:
    def test_hears_a_page_that_asks_another_host(
        self, context: BrowserContext, witness: Witness
    ) -> None:
        page = context.new_page()
        page.set_content('<img src="https://elsewhere.example/pixel.gif" alt="">')
        page.wait_for_timeout(200)
        assert any("elsewhere.example" in line for line in witness.complaints)
        witness.complaints.clear()

    def test_hears_a_script_that_fails(self, context: BrowserContext, witness: Witness) -> None:
        page = context.new_page()
        page.goto("/health/live/")
        page.evaluate("setTimeout(() => { throw new Error('broken') }, 0)")
        page.wait_for_timeout(200)
        assert any("broken" in line for line in witness.complaints)
        witness.complaints.clear()


class TestLookAt:
    def test_sees_what_is_wrong(self, context: BrowserContext) -> None:
        page = context.new_page()
        page.set_content(BAD)
        found = "\n".join(look_at(page))
        assert "color-contrast" in found
        assert "image-alt" in found
        assert "px too wide" in found

    def test_sees_nothing_where_nothing_is_wrong(self, context: BrowserContext) -> None:
        page = context.new_page()
        page.set_content('<html lang="en"><title>T</title><main><h1>Good</h1></main></html>')
        assert objections(page) == []
        assert overflow(page) == 0
