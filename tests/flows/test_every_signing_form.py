"""Every form that signs, by passkey and by a page that showed other words."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.forms.proof import SignerForm
from governance.models import RecordEntry, Signoff
from tests.flows.form_cases import CASES, Case
from tests.flows.test_every_form import Sheet, forms_there_are
from tests.flows.test_working_pages import fill
from tests.passkeys import Device, is_signed
from tests.readiness.views.processes.test_passkey import asked_of
from tests.signing import LATER, Desk, make_desk

FORMS = [form for form in forms_there_are() if issubclass(form, SignerForm)]
SIGNING = {form.__name__ for form in FORMS if not form.__subclasses__()}
SIGNED_HERE = [case for case in CASES if case.form in SIGNING]
every_form = pytest.mark.parametrize("case", SIGNED_HERE, ids=lambda case: case.form)


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


@pytest.fixture
def sheet(case: Case, desk: Desk, client: Client) -> Sheet:
    """Return the form of a case."""
    return Sheet(case, desk, client)


def acts() -> int:
    """Return how often was signed, refused or withdrawn."""
    return RecordEntry.objects.filter(kind__in=["SIGNED", "REFUSED", "WITHDRAWN"]).count()


def test_every_form_that_signs_is_looked_at() -> None:
    assert {case.form for case in SIGNED_HERE} == SIGNING


@every_form
class TestEverySigningForm:
    def test_is_signed_by_a_passkey_over_what_was_sent(self, sheet: Sheet) -> None:
        device, before = Device(), acts()
        device.give_to(getattr(sheet.desk.cast, sheet.case.who))
        answer = sheet.send({**sheet.entries(), "password": "", "code": "", "way": "PASSKEY"})
        assert answer.status_code == 302, answer.context["form"].errors
        key, digest = asked_of(sheet.client.get(answer["Location"]))
        assert acts() == before, "nothing is signed before the passkey is"
        where = sheet.case.address(sheet.desk, sent=True).partition("?")[0]
        sent = {"draft": key, "credential": device.sign(digest)}
        answer = sheet.client.post(where, sent)
        assert answer.status_code == 302, answer.context["form"].errors
        assert acts() == before + 1
        row = Signoff.objects.select_related("entry").latest("pk")
        assert row.entry
        terms = json.loads(row.entry.body)["terms"]
        assert (terms["method"], terms["statement"]) == ("PASSKEY", digest)
        assert is_signed(terms["assertion"], statement=row.statement)

    def test_signs_nothing_without_the_passkeys_answer(self, sheet: Sheet) -> None:
        Device().give_to(getattr(sheet.desk.cast, sheet.case.who))
        before = acts()
        answer = sheet.send({**sheet.entries(), "way": "PASSKEY"})
        key, digest = asked_of(sheet.client.get(answer["Location"]))
        where = sheet.case.address(sheet.desk, sent=True).partition("?")[0]
        stranger = Device(identifier=b"a stranger's")
        answer = sheet.client.post(where, {"draft": key, "credential": stranger.sign(digest)})
        assert answer.status_code == 422
        assert acts() == before

    def test_signs_nothing_where_other_words_were_shown(self, sheet: Sheet) -> None:
        before = acts()
        entries = sheet.entries()
        entries["meanings"] = str(entries["meanings"]).replace(".1", ".0")
        assert sheet.send(entries).status_code in (409, 422)
        assert acts() == before
