"""One signature on its page, its receipt to take along, and the list of all."""

import base64
import json
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import SignoffAct
from governance.models import Project, Signoff, User
from governance.record.canonical import sha256_of
from governance.record.verifiers.verify_record import read_note
from tests.factories import make_defect, make_run
from tests.signing import LATER, Desk, delegate_to, make_desk
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db
DETAIL_QUERIES = 18


@pytest.fixture
def desk(time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at later than the database's clock."""
    found = make_desk()
    User.objects.filter(pk=found.cast.process_owner.pk).update(time_zone="Asia/Kolkata")
    found.cast.process_owner.refresh_from_db()
    time_machine.move_to(LATER, tick=False)
    return found


def address(row: Signoff, name: str = "readiness:signature-detail") -> str:
    return reverse(name, args=[row.project.public_id, row.public_id])


def page_of(client: Client, user: User, row: Signoff) -> str:
    client.force_login(user)
    answer = client.get(address(row))
    assert answer.status_code == 200
    return answer.content.decode()


class TestShowSignature:
    def test_says_who_for_whom_when_in_both_zones_and_what_it_means(
        self, client: Client, desk: Desk
    ) -> None:
        row = desk.sign(desk.cast.process_owner)
        page = page_of(client, desk.cast.auditor, row)
        local = row.signed_at.astimezone(ZoneInfo("Asia/Kolkata"))
        for words in (
            "Signed by Process_Owner of Northwind Mills",
            "Owner of 10 Order to cash",
            f"{row.signed_at:%Y-%m-%d %H:%M:%S} UTC",
            f"{local:%H:%M:%S} IST (Asia/Kolkata)",
            row.meaning,
            "password and authenticator app",
            row.evidence_hash,
            sha256_of(row.statement),
            "Valid: what was signed is still what is there.",
            "never a qualified one",
        ):
            assert words in page, words
        assert row.entry is not None
        assert f"Entry {row.entry.seq} of the record" in page

    def test_says_what_changed_since_to_whom_signed_and_to_others(
        self, client: Client, desk: Desk
    ) -> None:
        row = desk.sign(desk.cast.process_owner)
        make_run(scenario=desk.scenario, result="FAILED")
        make_defect(project=desk.cast.project, scenario=desk.scenario, code="D-1")
        refresh_latest(project_id=desk.cast.project.pk)
        page = page_of(client, desk.cast.process_owner, row)
        assert "Out of date" in page
        assert "You signed 1 run; 1 scenario changed since." in page
        assert "1 defect raised." in page
        page = page_of(client, desk.cast.auditor, row)
        assert "Process_Owner signed 1 run; 1 scenario changed since." in page

    def test_tells_a_signature_that_was_withdrawn_or_followed_by_another(
        self, client: Client, desk: Desk
    ) -> None:
        first = desk.sign(desk.cast.process_owner)
        make_run(scenario=desk.scenario)
        refresh_latest(project_id=desk.cast.project.pk)
        desk.judge(at=LATER + timedelta(minutes=5))
        second = desk.sign(desk.cast.sponsor)
        assert "Superseded: Sponsor signed again" in page_of(client, desk.cast.auditor, first)
        withdrawal = desk.sign(desk.cast.process_owner, act=SignoffAct.WITHDRAWN)
        page = page_of(client, desk.cast.auditor, second)
        assert "No longer counts: Process_Owner withdrew it" in page
        assert address(withdrawal) in page
        page = page_of(client, desk.cast.auditor, withdrawal)
        assert "Takes back the signature of Sponsor" in page
        assert "Reversals were never tried." in page

    def test_shows_a_refusal_as_plainly_as_a_signature(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner, act=SignoffAct.REFUSED)
        page = page_of(client, desk.cast.auditor, row)
        assert "Refused by Process_Owner of Northwind Mills" in page
        assert "Reversals were never tried." in page
        assert "Download the receipt" in page

    def test_prints_the_delegation(self, client: Client, desk: Desk) -> None:
        delegate_to(desk, desk.cast.business_user)
        page = page_of(client, desk.cast.auditor, desk.sign(desk.cast.business_user))
        assert "appointed by Sponsor: The owner is on leave." in page

    def test_shows_a_signature_older_than_the_record(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        told = {
            field.name: getattr(row, field.name)
            for field in Signoff._meta.concrete_fields
            if field.name not in ("id", "public_id", "entry", "receipt", "statement", "subject_id")
        }
        older = Signoff.objects.create(**{**told, "authentication": "PASSWORD"})
        page = page_of(client, desk.cast.auditor, older)
        assert "there is no entry and no receipt" in page
        client.force_login(desk.cast.auditor)
        assert client.get(address(older, "governance:receipt-download")).status_code == 404

    def test_is_not_there_for_anybody_else(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        for name in ("readiness:signature-detail", "governance:receipt-download"):
            for who in ("stranger", "other_sponsor"):
                client.force_login(getattr(desk.cast, who))
                assert client.get(address(row, name)).status_code == 404
            client.force_login(desk.cast.other_sponsor)
            names = [desk.cast.other_project.public_id, row.public_id]
            assert client.get(reverse(name, args=names)).status_code == 404

    def test_asks_few_questions_of_the_database(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.auditor)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(row))
        assert len(asked) == DETAIL_QUERIES, [each["sql"][:80] for each in asked]


class TestDownloadReceipt:
    def test_gives_out_the_very_bytes_under_the_name_of_the_entry(
        self, client: Client, desk: Desk
    ) -> None:
        row = desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.auditor)
        answer = client.get(address(row, "governance:receipt-download"))
        assert row.entry is not None
        name = f"{desk.cast.project.slug}-{row.entry.seq}.tlog-proof"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer["Content-Type"].startswith("text/plain")
        text = answer.content.decode()
        assert text == row.receipt
        body = base64.b64decode(text.splitlines()[1].removeprefix("extra "))
        assert json.loads(body)["terms"]["statement"] == sha256_of(row.statement)
        checkpoint = text.split("\n\n", 1)[1]
        assert read_note(checkpoint).size == row.entry.seq + 1


class TestListSignatures:
    def test_finds_by_kind_act_and_worth(self, client: Client, desk: Desk) -> None:
        page = reverse("readiness:signature-list", args=[desk.cast.project.public_id])
        client.force_login(desk.cast.auditor)
        assert "Nobody has signed or refused anything yet." in client.get(page).content.decode()
        row = desk.sign(desk.cast.process_owner)
        whole = client.get(page).content.decode()
        assert "1 signature is valid." in whole
        assert address(row) in whole
        for asked, is_there in (
            ("act=REFUSED", False),
            ("act=SIGNED&worth=VALID", True),
            ("worth=STALE", False),
            ("kind=SCOPE", False),
            ("kind=PROCESS_EVIDENCE", True),
            ("kind=NONSENSE", True),
        ):
            found = client.get(f"{page}?{asked}").content.decode()
            assert (address(row) in found) == is_there, asked
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        assert address(row) in client.get(f"{page}?worth=STALE").content.decode()
        assert "1 is out of date" in client.get(page).content.decode()

    def test_leads_there_from_every_page_of_the_project(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.auditor)
        page = client.get(desk.address).content.decode()
        assert reverse("readiness:signature-list", args=[row.project.public_id]) in page
        assert address(row) in page

    def test_keeps_to_its_project(self, client: Client, desk: Desk) -> None:
        desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.other_sponsor)
        other = Project.objects.get(pk=desk.cast.other_project.pk)
        page = client.get(reverse("readiness:signature-list", args=[other.public_id]))
        assert "Nobody has signed" in page.content.decode()
