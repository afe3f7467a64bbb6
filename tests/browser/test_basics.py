"""What the fixtures of this folder promise to every other browser test."""

from playwright.sync_api import BrowserContext

from tests.browser.conftest import OpenPage
from tests.browser.keyboard import walk_by_keyboard
from tests.browser.looking import (
    KEEP_SHIFTS,
    Witness,
    forget_shifts,
    look_at,
    objections,
    overflow,
    shifts,
)

BAD = """<!doctype html><html lang="en"><head><title>Bad</title></head><body><main>
<h1>Bad</h1><p style="color:#ccc;background:#fff">faint</p><img src="data:image/gif;base64,R0lGOD">
<div style="width:2000px">wide</div></main></body></html>"""

PLAIN = """<!doctype html><html lang="en"><title>T</title><main><a href="#a">one</a>
<label><input type="radio" name="r"> A</label><label><input type="radio" name="r"> B</label>
<button disabled>off</button><details><summary>more</summary><a href="#b">two</a></details></main>
"""
UNKIND = """<!doctype html><html lang="en"><title>T</title><main><button>first</button>
<a href="#a" tabindex="4">late</a><button style="outline:none">silent</button>
<div style="position:relative"><button>covered</button><div style="position:absolute;inset:0;
background:#fff"></div></div></main>"""


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


class TestWalkByKeyboard:
    def test_finds_nothing_on_a_plain_page(self, context: BrowserContext) -> None:
        page = context.new_page()
        page.set_content(PLAIN)
        assert walk_by_keyboard(page) == []

    def test_sees_what_is_out_of_turn_hidden_or_does_not_show(
        self, context: BrowserContext
    ) -> None:
        page = context.new_page()
        page.set_content(UNKIND)
        found = "\n".join(walk_by_keyboard(page))
        assert "<a> “late” is put out of turn" in found
        assert "the order of the keyboard is not the order of the page" in found
        assert "<button> “silent” does not show that it is reached" in found
        assert "<button> “covered” lies under" in found


class TestShifts:
    def test_tells_what_jumped(self, context: BrowserContext) -> None:
        page = context.new_page()
        page.set_content('<div id="top"></div><p id="low" style="font-size:90px">Low</p>')
        page.evaluate(KEEP_SHIFTS)
        page.wait_for_timeout(100)
        forget_shifts(page)
        assert shifts(page) == []
        page.evaluate("document.getElementById('top').style.height = '400px'")
        page.wait_for_timeout(100)
        assert "jumped by" in shifts(page)[0]
