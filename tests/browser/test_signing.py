"""Signing with a passkey in a real browser, on a desk and on a phone."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from governance.models import Signoff
from tests.browser.conftest import OpenPage
from tests.browser.looking import DESK, PHONE, look_at
from tests.browser.test_factors import INDEX, add_passkey, give_device
from tests.factors import give_app
from tests.passkeys import is_signed
from tests.signing import Desk, make_desk


@pytest.fixture
def desk(live_server: object) -> Desk:
    """Return a process that can be signed."""
    return make_desk()


def looked_at(page: Page, name: str, width: int, pictures: Path) -> None:
    """Look closely at a page, and keep a picture of it."""
    assert look_at(page) == []
    page.set_viewport_size({"width": width, "height": 740})
    page.screenshot(path=str(pictures / f"{name}-{width}.png"), full_page=True)


class TestSignWithAPasskey:
    @pytest.mark.parametrize("width", [DESK, PHONE])
    def test_signs_exactly_what_is_shown(
        self, open_page: OpenPage, desk: Desk, width: int, tmp_path: Path
    ) -> None:
        page = open_page(INDEX, user=desk.cast.process_owner)
        page.set_viewport_size({"width": width, "height": 740})
        give_device(page)
        add_passkey(page)
        page.goto(desk.address)
        expect(page.get_by_label("Your password, again")).to_have_count(0)
        looked_at(page, "form", width, tmp_path)
        page.get_by_label("I sign:").check()
        page.get_by_role("button", name="Put my name to it").click()
        expect(page.get_by_role("heading", name="Sign with your passkey")).to_be_visible()
        digest = page.locator("#statement-hash").inner_text()
        assert page.locator("#evidence-hash").inner_text() == desk.shown_hash()
        looked_at(page, "step", width, tmp_path)
        assert not Signoff.objects.exists()
        page.get_by_role("button", name="Sign with the passkey").click()
        expect(page.get_by_text("You signed. Your name, the time and the evidence")).to_be_visible()
        row = Signoff.objects.select_related("entry").get()
        assert row.entry
        terms = json.loads(row.entry.body)["terms"]
        assert (terms["method"], terms["statement"]) == ("PASSKEY", digest)
        assert is_signed(terms["assertion"], statement=row.statement)
        assert terms["assertion"]["rp"] == "localhost"

    def test_says_so_when_no_device_answers(self, open_page: OpenPage, desk: Desk) -> None:
        page = open_page(INDEX, user=desk.cast.process_owner)
        give_device(page)
        add_passkey(page)
        page.goto(desk.address)
        page.get_by_label("I sign:").check()
        page.get_by_role("button", name="Put my name to it").click()
        page.add_init_script("window.PublicKeyCredential = undefined")
        page.reload()
        page.get_by_role("button", name="Sign with the passkey").click()
        expect(page.get_by_text("This browser knows no passkeys")).to_be_visible()
        assert not Signoff.objects.exists()


class TestSignWithWhatSuits:
    def test_offers_app_and_passkey_side_by_side(
        self, open_page: OpenPage, desk: Desk, tmp_path: Path
    ) -> None:
        owner = desk.cast.process_owner
        page = open_page(INDEX, user=owner)
        give_device(page)
        add_passkey(page)
        give_app(owner)
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 740})
            page.goto(desk.address)
            expect(page.get_by_label("Your password, again")).to_be_visible()
            expect(page.get_by_role("button", name="Sign with a passkey")).to_be_visible()
            looked_at(page, "both", width, tmp_path)
