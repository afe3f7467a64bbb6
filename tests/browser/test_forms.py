"""Every form there is, sent empty and sent twice: the focus goes to what is wrong, once."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, Request

from tests.browser.conftest import OpenPage
from tests.browser.demo import Demo
from tests.browser.looking import objections
from tests.browser.walking import Found, walk_all

# Forms in the page itself that have something to fill in; the header's are buttons.
FORMS = """() => [...document.querySelectorAll('main form')].filter(form => form.method === 'post')
  .map((form, at) => ({at, fields: [...form.querySelectorAll('input, textarea, select')]
    .filter(field => field.type !== 'hidden').length, action: form.getAttribute('action') || ''}))
  .filter(form => form.fields)"""
EMPTY_AND_SEND_TWICE = """at => {
  const form = [...document.querySelectorAll('main form')].filter(f => f.method === 'post')[at];
  form.noValidate = true;
  for (const field of form.querySelectorAll('input, textarea, select')) {
    if (field.type === 'hidden' || field.type === 'submit') continue;
    if (field.type === 'checkbox' || field.type === 'radio') field.checked = false;
    else if (field.tagName === 'SELECT') field.selectedIndex = -1;
    else field.value = '';
  }
  const button = form.querySelector('[type=submit], button:not([type])');
  button.click();
  button.click();
}"""
QUIET_MILLISECONDS = 300
FOCUS = """() => {
  const wrong = [...document.querySelectorAll('main [aria-invalid=true]')]
    .filter(field => field.checkVisibility());
  const focused = document.activeElement;
  const beside = wrong[0] && (wrong[0] === focused || wrong[0].contains(focused)
    || focused.closest('fieldset, .field')?.contains(wrong[0]));
  return {wrong: wrong.length, first: Boolean(beside), summary: Boolean(
    document.querySelector('main [role=alert]')),
    focused: focused.outerHTML.slice(0, 120),
    said: wrong.every(field => (field.getAttribute('aria-describedby') || '').split(' ')
      .some(id => document.getElementById(id)?.textContent.trim())
      || field.closest('.field')?.querySelector('.field-error')) };
}"""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came back for an empty form that was sent twice at once."""

    form: str
    requests: int
    page: dict[str, Any]

    def complaints(self) -> list[str]:
        """Return what is not as it should be."""
        found = []
        if self.requests != 1:
            found.append(f"{self.form}: a double click sent it {self.requests} times")
        if self.page["wrong"] and not self.page["first"]:
            found.append(f"{self.form}: the focus is not on what is wrong: {self.page['focused']}")
        if self.page["wrong"] and not self.page["said"]:
            found.append(f"{self.form}: an error is not tied to its field")
        return found


def may_hold_a_form(found: Found) -> bool:
    """Say, without a browser, whether a page has a form of its own to send."""
    client = Client()
    if found.user is not None:
        client.force_login(found.user)
    main = client.get(found.address).content.decode().partition("<main")[2]
    return 'method="post"' in main.partition("</main>")[0]


def forms_on(page: Page) -> list[dict[str, Any]]:
    """Return the forms of a page that have fields."""
    found: list[dict[str, Any]] = page.evaluate(FORMS)
    return found


def send_empty_twice(page: Page, *, at: int, name: str) -> Sent:
    """Empty a form, click its button twice at once, and see what comes back."""
    posts: list[str] = []

    def count(request: Request) -> None:
        if request.method == "POST":
            posts.append(request.url)

    page.on("request", count)
    with page.expect_request(lambda request: request.method == "POST"):
        page.evaluate(EMPTY_AND_SEND_TWICE, at)
    page.wait_for_timeout(QUIET_MILLISECONDS)
    page.wait_for_load_state("networkidle")
    page.remove_listener("request", count)
    return Sent(name, len(posts), page.evaluate(FOCUS))


@pytest.mark.closely
class TestEveryForm:
    def test_sent_empty_and_twice_says_what_is_wrong_once(
        self, demo: Demo, open_page: OpenPage
    ) -> None:
        tried: dict[str, list[str]] = {}
        for found in filter(may_hold_a_form, walk_all(demo)):
            tried |= self._try(found, open_page, set(tried))
        assert len(tried) > 12, sorted(tried)
        together = [line for lines in tried.values() for line in lines]
        assert not together, "\n" + "\n".join(together)

    def _try(self, found: Found, open_page: OpenPage, known: set[str]) -> dict[str, list[str]]:
        page = open_page(found.address, user=found.user)
        tried = {}
        for form in forms_on(page):
            name = f"{found.name} form {form['at'] + 1}"
            if name in known:
                continue
            page.goto(found.address)
            sent = send_empty_twice(page, at=form["at"], name=name)
            wrong = [f"{name}, with errors: {line}" for line in objections(page)]
            tried[name] = sent.complaints() + wrong
        page.close()
        return tried
