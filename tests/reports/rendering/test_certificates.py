"""The certificate of a signature: one sheet that says what its page says, and what it is not."""

from datetime import UTC

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import SignoffAct
from governance.models import Signoff
from governance.record.canonical import sha256_of
from readiness.pages.signatures import signature_page
from reports.rendering.certificates import (
    certificate_name,
    print_certificate,
    render_certificate,
)
from tests.factories import make_run
from tests.reports.reading import text_of
from tests.signing import LATER, Desk, delegate_to, make_desk, older_signature
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db
PRINTED = "2031-03-03 09:00:00 UTC"


@pytest.fixture
def desk(time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at later than the database's clock."""
    found = make_desk()
    time_machine.move_to(LATER, tick=False)
    return found


def html_of(row: Signoff, *, language: str = "en") -> str:
    found = Signoff.objects.with_everything().get(pk=row.pk)
    page = signature_page(found, reader=None, at=LATER)
    return render_certificate(page, printed_at=PRINTED, language=language)


def address(row: Signoff) -> str:
    names = [row.project.public_id, row.public_id]
    return reverse("reports:certificate-print", args=names)


class TestPrintCertificate:
    def test_is_one_page_with_all_that_a_signature_has_to_show(self, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        found = Signoff.objects.with_everything().get(pk=row.pk)
        page = signature_page(found, reader=None, at=LATER)
        pressed = print_certificate(page, printed_at=PRINTED, language="en")
        assert pressed.pages == 1
        text = text_of(pressed.pdf)
        for words in (
            "Signed by Process_Owner of Northwind Mills",
            "Valid: what was signed is still what is there.",
            f"{row.signed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "Owner of 10 Order to cash",
            "password and authenticator app",
            row.meaning,
            "it is never a qualified one",
            row.receipt_name,
            "c2sp.org/tlog-proof@v1",
        ):
            assert words in text, words
        tight = text.replace(" ", "")
        assert sha256_of(row.statement) in tight
        assert row.evidence_hash in tight
        again = print_certificate(page, printed_at=PRINTED, language="en")
        assert again.pdf == pressed.pdf


class TestRenderCertificate:
    def test_says_what_the_signature_is_worth_and_when_that_was_so(self, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        html = html_of(row)
        assert f"As of {PRINTED}: Out of date" in html
        assert "Process_Owner signed 1 run; 1 scenario changed since." in html

    def test_prints_the_delegation(self, desk: Desk) -> None:
        delegate_to(desk, desk.cast.business_user)
        html = html_of(desk.sign(desk.cast.business_user))
        assert "appointed by Sponsor: The owner is on leave." in html

    def test_never_calls_a_refusal_signed(self, desk: Desk) -> None:
        html = html_of(desk.sign(desk.cast.process_owner, act=SignoffAct.REFUSED))
        assert "Refused by Process_Owner of Northwind Mills" in html
        assert "Signed by" not in html
        assert "Reversals were never tried." in html

    def test_says_where_there_is_no_receipt(self, desk: Desk) -> None:
        html = html_of(older_signature(desk.process, desk.cast.process_owner))
        assert "there is no entry and no receipt" in html
        assert "tlog-proof" not in html

    def test_speaks_german_and_keeps_the_english_meaning(self, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        html = html_of(row, language="de")
        assert '<html lang="de"' in html
        assert row.meaning in html
        assert "qualifizierte" in html


class TestMakeCertificate:
    def test_gives_out_a_file_under_the_number_of_the_entry(
        self, client: Client, desk: Desk
    ) -> None:
        row = desk.sign(desk.cast.process_owner)
        client.force_login(desk.cast.auditor)
        answer = client.post(address(row))
        assert answer["Content-Type"] == "application/pdf"
        assert row.entry is not None
        name = f"{desk.cast.project.slug}-signature-{row.entry.seq}.pdf"
        assert name in answer["Content-Disposition"]
        assert answer.content.startswith(b"%PDF-")

    def test_is_asked_for_by_those_of_the_project_alone(self, client: Client, desk: Desk) -> None:
        row = desk.sign(desk.cast.process_owner)
        for who in ("stranger", "other_sponsor"):
            client.force_login(getattr(desk.cast, who))
            assert client.post(address(row)).status_code == 404
        client.force_login(desk.cast.auditor)
        assert client.get(address(row)).status_code == 405

    def test_names_an_older_one_by_its_identifier(self, desk: Desk) -> None:
        row = older_signature(desk.process, desk.cast.process_owner)
        found = Signoff.objects.with_everything().get(pk=row.pk)
        page = signature_page(found, reader=None, at=LATER)
        assert certificate_name(page).endswith(f"-signature-{str(row.public_id)[:8]}.pdf")
