"""Every form of the product, tried empty, too long, out of turn and twice."""

import importlib
import pkgutil
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django import forms
from django.core.cache import cache
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings
from time_machine import TimeMachineFixture

from readiness.middleware import TOKEN
from tests.counting import rows_of
from tests.factors import give_app
from tests.flows.filling import filled_in, text_fields
from tests.flows.form_cases import CASES, Case
from tests.flows.test_working_pages import fill
from tests.signing import LATER, Desk, make_desk

APPS = ("governance", "training", "uat", "readiness", "reports")
MOST_LETTERS = 20_000
# Forms that only look something up, show parts to developers, or are a part of another form.
NO_FORM_OF_ITS_OWN = {"PortfolioFilter", "SampleForm", "ProofForm", "SignerForm", "RiskForm"}
NO_FORM_OF_ITS_OWN |= {"_OfManager", "AgainForm", "CaveatMixin", "DependentsForm"}
# That of an invitation, which nobody is signed in for: tests/governance/views/test_invitations.py.
NO_FORM_OF_ITS_OWN |= {"AcceptForm"}
# Those of second factors, which their makers call: tests/governance/views/factors/.
NO_FORM_OF_ITS_OWN |= {"_SpendsCode", "SignInCodeForm", "AgainCodeForm", "PasswordAndCodeForm"}
NO_FORM_OF_ITS_OWN |= {"ActivateAppForm", "PasskeyForm", "PasskeyNameForm"}
# Those of the sign-in, likewise: tests/governance/views/test_sign_in.py.
NO_FORM_OF_ITS_OWN |= {"SignInForm", "NewPasswordMailForm"}


every_form = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page} {case.form}")


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture, settings: Settings, tmp_path: Any) -> Desk:
    """Return a project with a row of every kind, looked at later than the database's clock."""
    cache.clear()
    settings.MEDIA_ROOT = tmp_path
    found = make_desk()
    fill(found)
    found.cast.project.go_live_date = LATER.date()
    found.cast.project.save(update_fields=["go_live_date"])
    now = LATER + timedelta(minutes=1)
    found.judge(at=now)
    time_machine.move_to(now, tick=False)
    return found


@dataclass(slots=True)
class Sheet:
    """A form on somebody's screen."""

    case: Case
    desk: Desk
    client: Client

    def form(self) -> forms.BaseForm:
        """Return the form as it is shown."""
        user = getattr(self.desk.cast, self.case.who)
        give_app(user)
        self.client.force_login(user)
        shown = self.client.get(self.case.address(self.desk))
        form: forms.BaseForm = shown.context[self.case.key]
        assert type(form).__name__ == self.case.form
        return form

    def entries(self) -> dict[str, Any]:
        """Return what a sensible reader enters."""
        return {**filled_in(self.form()), **self.case.more(self.desk)}

    def send(self, entries: dict[str, Any]) -> Any:
        """Send the form with these entries, as from a page of its own."""
        where = self.case.address(self.desk, sent=True)
        return self.client.post(where, {TOKEN: secrets.token_hex(8), **entries})

    def refused(self, entries: dict[str, Any]) -> tuple[forms.BaseForm, str]:
        """Send it, see that it came back and that nothing was written; return form and page."""
        before = rows_of(*APPS)
        answer = self.send(entries)
        assert rows_of(*APPS) == before
        assert answer.status_code == 422, answer.status_code
        form: forms.BaseForm = answer.context[self.case.key]
        return form, answer.content.decode()


@pytest.fixture
def sheet(case: Case, desk: Desk, client: Client) -> Sheet:
    """Return the form of a case."""
    return Sheet(case, desk, client)


def beside(form: forms.BaseForm, page: str) -> Iterator[str]:
    """Yield every field in error whose error does not stand beside it."""
    for name in form.errors:
        if name in form.fields and not form[name].is_hidden:
            field = form[name]
            if f'id="{field.auto_id}_error"' not in page or 'aria-invalid="true"' not in page:
                yield name


@every_form
class TestEveryForm:
    def test_is_taken_when_it_is_filled_in(self, sheet: Sheet) -> None:
        entries = sheet.entries()
        before = rows_of(*APPS)
        answer = sheet.send(entries)
        assert answer.status_code == sheet.case.status, answer.context["form"].errors
        assert rows_of(*APPS) != before

    def test_sent_empty_names_every_field_that_is_needed(self, sheet: Sheet) -> None:
        if sheet.case.says_something_when_empty:
            return
        shown = sheet.form()
        hidden = {field.name: field.value() for field in shown.hidden_fields()}
        needed = {name for name, field in shown.fields.items() if field.required} - set(hidden)
        form, page = sheet.refused(hidden)
        assert needed <= set(form.errors)
        assert list(beside(form, page)) == []

    def test_too_long_says_so_and_keeps_what_was_typed(self, sheet: Sheet) -> None:
        entries = sheet.entries()
        for name, field in text_fields(sheet.form()).items():
            assert field.max_length, f"{name} takes a whole book"
            assert field.max_length <= MOST_LETTERS
            typed = "é" * (field.max_length + 1)
            form, page = sheet.refused({**entries, name: typed})
            assert name in form.errors
            assert str(field.max_length) in " ".join(map(str, form.errors[name]))
            assert list(beside(form, page)) == []
            assert typed in page

    def test_that_comes_back_keeps_every_word(self, sheet: Sheet) -> None:
        shown, entries = sheet.form(), sheet.entries()
        needed = [name for name, field in shown.fields.items() if field.required]
        visible = [name for name in needed if not shown[name].is_hidden]
        left_out = visible[-1] if visible else None
        if left_out is None:
            return
        typed = {name: f"{entries[name]} & so on" for name in text_fields(shown)}
        del entries[left_out]
        typed.pop(left_out, None)
        _, page = sheet.refused({**entries, **typed})
        assert [name for name, words in typed.items() if escape(words) not in page] == []

    def test_sent_twice_writes_once(self, sheet: Sheet) -> None:
        entries = {**sheet.entries(), TOKEN: "of this page"}
        sheet.send(entries)
        once = rows_of(*APPS)
        for entry in entries.values():
            if hasattr(entry, "seek"):
                entry.seek(0)
        sheet.send(entries)
        assert rows_of(*APPS) == once


def test_no_form_is_left_out() -> None:
    names = {form.__name__ for form in forms_there_are()}
    written = {name for name in names if not name.removesuffix("Form").endswith("Search")}
    assert written - NO_FORM_OF_ITS_OWN == {case.form for case in CASES}


def forms_there_are() -> Iterator[type[forms.BaseForm]]:
    """Yield every form class in the forms rooms of all apps."""
    for app in APPS:
        for module in _modules_of(app):
            for each in vars(module).values():
                is_form = isinstance(each, type) and issubclass(each, forms.BaseForm)
                if is_form and each.__module__ == module.__name__:
                    yield each


def _modules_of(app: str) -> Iterator[Any]:
    try:
        room = importlib.import_module(f"{app}.forms")
    except ModuleNotFoundError:
        return
    yield room
    for found in pkgutil.iter_modules(getattr(room, "__path__", [])):
        yield importlib.import_module(f"{app}.forms.{found.name}")
