"""A partner's account chooses its client, and always sees for whom it works."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import DESK, PHONE, look_at
from tests.people import make_shared_partner_cast

pytestmark = pytest.mark.django_db(transaction=True)
ALBUM = os.environ.get("SCREENSHOT_ALBUM", "")
"""A folder in which to keep what was looked at; nothing is kept without."""


@pytest.mark.parametrize("language", ["en", "de"])
def test_chooses_a_client_and_changes_it(open_page: OpenPage, language: str) -> None:
    cast = make_shared_partner_cast()
    cast.consultant.language = language
    cast.consultant.save(update_fields=["language"])
    page = open_page("/", user=cast.consultant)
    expect(page).to_have_url(re.compile("/clients/$"))
    assert look_at(page) == []
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 740})
        if ALBUM:
            page.screenshot(path=Path(ALBUM) / f"choose-{language}-{width}.png")
    page.get_by_role("button", name=cast.other_client.name).click()
    header = page.locator("header")
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 740})
        expect(header.locator(".acting-for:visible")).to_contain_text(cast.other_client.name)
        if ALBUM:
            page.screenshot(path=Path(ALBUM) / f"header-{language}-{width}.png")
    assert look_at(page) == []
    header.locator(".acting-for:visible").get_by_role("link").click()
    expect(page.locator("main")).to_contain_text(cast.client.name)
    if ALBUM:
        page.screenshot(path=Path(ALBUM) / f"change-{language}.png")
