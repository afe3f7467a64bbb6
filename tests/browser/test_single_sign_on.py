"""A real browser goes to the provider and back: the content policy lets it, and no further."""

import pytest
from csp.constants import SELF
from django.conf import settings as product
from playwright.sync_api import Page, expect
from pytest_django import Settings

from readiness.config.identity_providers import form_origins
from tests.browser.conftest import OpenPage
from tests.browser.looking import Witness, look_at
from tests.factories import PASSWORD
from tests.flows.single_sign_on.conftest import Provider, linked, lying_process, named
from tests.flows.single_sign_on.test_invitation import invited, link
from tests.people import Cast, make_cast

__all__ = ["lying_process"]
BUTTON = "Sign in with Northwind sign-in"


@pytest.fixture
def cast(live_server: object) -> Cast:
    """Return the people."""
    return make_cast()


@pytest.fixture
def provider(cast: Cast, lying_process: Provider, settings: Settings) -> Provider:
    """Set the provider up as a start with its variables would."""
    settings.IDENTITY_PROVIDERS = [named(lying_process, organisation=cast.client.slug)]
    allowed = [SELF, *form_origins(settings.IDENTITY_PROVIDERS)]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**product.CSP, "form-action": allowed}}
    lying_process.lie(claims={"email": cast.business_user.email})
    return lying_process


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


class TestSingleSignOn:
    def test_leads_from_the_button_into_the_account(
        self, open_page: OpenPage, provider: Provider, cast: Cast
    ) -> None:
        linked(cast.business_user, provider, "lying-1")
        page = open_page("/accounts/login/?next=/account/identities/")
        assert look_at(page) == []
        press(page, BUTTON)
        expect(page.get_by_role("heading", name="Single sign-on")).to_be_visible()
        assert look_at(page) == []

    def test_is_linked_by_the_password_and_by_going_there(
        self, open_page: OpenPage, provider: Provider, cast: Cast
    ) -> None:
        page = open_page("/account/identities/", user=cast.business_user)
        assert look_at(page) == []
        press(page, "Link Northwind sign-in")
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("main form button[type=submit]").first.click()
        expect(page.get_by_text("You can sign in with Northwind sign-in now")).to_be_visible()

    def test_is_shown_first_by_somebody_invited(
        self, open_page: OpenPage, provider: Provider, cast: Cast
    ) -> None:
        page = open_page(link(invited(cast, cast.business_user.email.replace("user", "new"))))
        assert look_at(page) == []
        press(page, "Show first who you are at Northwind sign-in")
        expect(page.get_by_text("You are known at Northwind sign-in")).to_be_visible()
        assert look_at(page) == []

    def test_says_plainly_that_nobody_is_linked(
        self, open_page: OpenPage, provider: Provider
    ) -> None:
        page = open_page("/accounts/login/")
        press(page, BUTTON)
        expect(page.get_by_text("No account here is linked to this identity")).to_be_visible()
        assert look_at(page) == []

    def test_goes_nowhere_that_was_not_set_up(
        self, open_page: OpenPage, provider: Provider, settings: Settings, witness: Witness
    ) -> None:
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": product.CSP}
        page = open_page("/accounts/login/")
        with page.expect_event("console"):
            press(page, BUTTON)
        assert any("form-action" in line for line in witness.complaints)
        witness.complaints.clear()
