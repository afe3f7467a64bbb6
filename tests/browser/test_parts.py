"""The parts that move: tables that sort and filter, dialogs, toasts, the first error."""

import re

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.browser.conftest import OpenPage

DISPATCH = """
    said => document.body.dispatchEvent(new CustomEvent("toast", {bubbles: true, detail: said}))
"""


@pytest.fixture
def parts(open_page: OpenPage, settings: Settings) -> Page:
    """Return the page of parts."""
    settings.DEMO_MODE = True
    return open_page("/style/")


def first_cells(page: Page) -> list[str]:
    """Return what stands first in each row of the example table that is shown."""
    cells = page.locator("#sample-table tbody tr:visible td:first-child")
    return [text.split("\n")[0] for text in cells.all_inner_texts()]


class TestTable:
    def test_sorts_by_number_both_ways_and_says_so(self, parts: Page) -> None:
        head = parts.locator("#sample-table th", has_text="Trained")
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", "ascending")
        assert first_cells(parts) == ["Warehouse", "Sales", "Finance"]
        head.get_by_role("button").press("Enter")
        expect(head).to_have_attribute("aria-sort", "descending")
        assert first_cells(parts) == ["Finance", "Sales", "Warehouse"]

    def test_sorts_by_what_a_cell_means_not_by_what_it_says(self, parts: Page) -> None:
        head = parts.locator("#sample-table th", has_text="Last run")
        head.get_by_role("button").click()
        assert first_cells(parts)[:2] == ["Sales", "Warehouse"]

    def test_keeps_the_rows_with_every_word_and_counts_them(self, parts: Page) -> None:
        parts.get_by_label("Find in this table").fill("PORTO ware")
        assert first_cells(parts) == ["Warehouse"]
        expect(parts.get_by_text("1 of 3 rows")).to_be_visible()
        parts.get_by_label("Find in this table").fill("")
        assert len(first_cells(parts)) == 3


class TestDialog:
    def test_opens_by_its_link_and_gives_the_focus_back(self, parts: Page) -> None:
        opener = parts.get_by_role("link", name="Open the dialog")
        opener.click()
        dialog = parts.get_by_role("dialog", name="Take the signature back?")
        expect(dialog).to_be_visible()
        parts.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(opener).to_be_focused()

    @pytest.mark.parametrize("name", ["Close", "Leave it"])
    def test_is_left_by_its_buttons(self, parts: Page, name: str) -> None:
        parts.get_by_role("link", name="Open the dialog").click()
        dialog = parts.get_by_role("dialog")
        dialog.get_by_role("button", name=name).click()
        expect(dialog).to_be_hidden()


class TestToast:
    def test_shows_what_an_answer_said_until_it_is_put_away(self, parts: Page) -> None:
        parts.evaluate(DISPATCH, {"text": "<b>Saved</b> as asked.", "tone": "good"})
        toast = parts.locator("#toasts .toast-part")
        expect(toast).to_have_text(re.compile("<b>Saved</b> as asked."))
        expect(toast).to_have_class(re.compile("tone-good"))
        toast.get_by_role("button").click()
        expect(toast).to_have_count(0)

    def test_says_nothing_without_words_and_takes_no_class_from_outside(self, parts: Page) -> None:
        parts.evaluate(DISPATCH, {"tone": "good"})
        expect(parts.locator("#toasts .toast-part")).to_have_count(0)
        parts.evaluate(DISPATCH, {"text": "Hello.", "tone": "x y"})
        expect(parts.locator("#toasts .toast-part")).to_have_class(re.compile("tone-quiet"))


class TestForm:
    def test_moves_the_focus_to_the_first_field_that_is_wrong(self, parts: Page) -> None:
        expect(parts.get_by_label("Reason")).to_be_focused()


class TestScrollingBox:
    def test_is_reached_by_keyboard_only_while_it_scrolls(self, parts: Page) -> None:
        box = parts.locator(".chart-box").first
        expect(box).not_to_have_attribute("tabindex", "0")
        parts.set_viewport_size({"width": 360, "height": 740})
        expect(box).to_have_attribute("tabindex", "0")
        parts.set_viewport_size({"width": 1280, "height": 900})
        expect(box).not_to_have_attribute("tabindex", "0")

    def test_is_reached_once_what_hid_it_is_unfolded(self, parts: Page) -> None:
        chart = parts.locator(".chart-figure").first
        chart.get_by_text("The same as a table").click()
        expect(chart.locator("details .table-box")).to_have_attribute("tabindex", "0")
