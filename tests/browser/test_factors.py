"""Second factors in a real browser: its virtual authenticator makes passkeys and shows them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from governance.choices import OrganisationKind
from governance.models import User
from governance.services.factors import code_at, has_passkey
from tests.browser.conftest import OpenPage
from tests.browser.looking import PHONE, look_at
from tests.factories import NOW, PASSWORD, make_organisation, make_user

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
INDEX = "/accounts/2fa/"


@pytest.fixture
def partner(transactional_db: None) -> User:
    """Return an account that needs a second factor and has none."""
    return make_user(organisation=make_organisation(kind=OrganisationKind.PARTNER))


def give_device(page: Page) -> None:
    """Plug an authenticator into the browser that knows its holder."""
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def enter(page: Page, user: User) -> None:
    """Sign in by address and password."""
    page.goto("/accounts/login/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page: Page) -> None:
    """Show once more who it is, by the password."""
    expect(page.get_by_role("heading", name="Is it you?")).to_be_visible()
    assert look_at(page) == []
    page.get_by_label("Your password, again").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def add_passkey(page: Page) -> None:
    """Add a passkey as the page of second factors says, looking at every page on the way."""
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    assert look_at(page) == []
    page.get_by_role("link", name="Add a passkey").click()
    prove(page)
    assert look_at(page) == []
    page.get_by_label("Name of the passkey").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert look_at(page) == []


class TestPasskeys:
    def test_one_is_added_at_the_first_sign_in_and_signs_in(
        self, open_page: OpenPage, partner: User
    ) -> None:
        page = open_page("/accounts/login/")
        give_device(page)
        enter(page, partner)
        add_passkey(page)
        assert has_passkey(partner)
        page.goto("/accounts/2fa/webauthn/")
        expect(page.get_by_role("cell", name="Work laptop").first).to_be_visible()
        assert look_at(page) == []
        page.context.clear_cookies()
        page.goto("/accounts/login/?next=/tokens/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", name="API tokens")).to_be_visible()
        page.context.clear_cookies()
        enter(page, partner)
        expect(page.get_by_role("heading", name="One more step")).to_be_visible()
        assert look_at(page) == []
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("heading", name="One more step")).to_be_hidden()

    def test_the_page_says_so_when_no_device_answers(self, open_page: OpenPage) -> None:
        page = open_page("/accounts/login/")
        page.add_init_script("window.PublicKeyCredential = undefined")
        page.reload()
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_text("This browser knows no passkeys")).to_be_visible()


class TestAuthenticatorApp:
    def test_is_set_up_from_picture_and_secret_on_a_phone(
        self, open_page: OpenPage, partner: User
    ) -> None:
        page = open_page(INDEX, user=partner)
        page.set_viewport_size({"width": PHONE, "height": 740})
        assert look_at(page) == []
        page.get_by_role("link", name="Set up an authenticator app").click()
        prove(page)
        picture = page.get_by_role("img", name="The secret as a picture")
        assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
        assert look_at(page) == []
        now = page.evaluate("Date.now()") / 1000
        secret = page.locator("#totp-secret").inner_text()
        page.get_by_label("Your code").fill(code_at(secret, at=NOW.fromtimestamp(now, NOW.tzinfo)))
        page.get_by_role("button", name="Use this app").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        assert look_at(page) == []
        with page.expect_download() as download:
            page.get_by_role("link", name="Download them").click()
        codes = Path(download.value.path()).read_text().split()
        assert len(codes) == 10
        page.get_by_role("link", name="I have kept them").click()
        page.get_by_role("link", name="Remove it").click()
        assert look_at(page) == []
        page.get_by_role("link", name="Replace the authenticator app").click()
        expect(page.get_by_role("heading", name="Replace the authenticator app")).to_be_visible()
