"""A token made in the browser, and the page that describes the interface, tried with it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.looking import look_at
from tests.factories import PASSWORD, make_organisation, make_user

SECRET = re.compile(r"^rgt_\S{43}$")


@pytest.fixture
def tokens(open_page: OpenPage, transactional_db: None) -> Page:
    """Return the page of tokens of a new account."""
    return open_page("/tokens/", user=make_user(organisation=make_organisation()))


def make_token(page: Page) -> str:
    page.get_by_label("Where is it used?").fill("Nightly export")
    page.get_by_label("Your password, again").fill(PASSWORD)
    page.get_by_role("button", name="Make the token").click()
    shown = page.locator("#new-token")
    expect(shown).to_have_text(SECRET)
    return shown.inner_text()


class TestTokenPage:
    def test_makes_shows_and_revokes(self, tokens: Page) -> None:
        assert look_at(tokens) == []
        secret = make_token(tokens)
        assert look_at(tokens) == []
        tokens.goto("/tokens/")
        expect(tokens.locator("body")).not_to_contain_text(secret)
        tokens.get_by_role("button", name="Revoke Nightly export").click()
        expect(tokens.get_by_text("no longer opens anything")).to_be_visible()
        expect(tokens.get_by_role("cell", name="Revoked")).to_be_visible()


class TestDocsPage:
    def test_describes_and_tries_an_address_without_leaving_the_machine(self, tokens: Page) -> None:
        secret = make_token(tokens)
        tokens.goto("/api/v1/docs/")
        expect(tokens.locator(".opblock").first).to_be_visible()
        assert look_at(tokens) == []
        tokens.get_by_role("button", name="Authorize").click()
        assert look_at(tokens) == []
        tokens.locator("#auth-bearer-value").fill(secret)
        tokens.get_by_role("button", name="Apply credentials").click()
        tokens.get_by_role("button", name="Close", exact=True).last.click()
        tokens.get_by_text("Who am I?").click()
        tokens.get_by_role("button", name="Try it out").click()
        tokens.get_by_role("button", name="Execute").click()
        expect(tokens.locator(".live-responses-table")).to_contain_text("@example.com")
        assert look_at(tokens) == []
