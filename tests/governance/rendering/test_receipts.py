"""The letter with a receipt: to whom, what is in it, and that none is sent twice."""

import smtplib

import pytest
from django.core import mail
from time_machine import TimeMachineFixture

from governance.choices import AnchorKind, JobState
from governance.models import Anchor, Checkpoint, Job, Signoff, User
from governance.rendering import receipts
from governance.rendering.receipts import run_receipt
from governance.services.jobs import JobRefused, claim_job
from governance.services.post import Letter, MailServerAway
from governance.tasks import run_job
from tests.signing import LATER, Desk, make_desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at later than the database's clock."""
    found = make_desk()
    time_machine.move_to(LATER, tick=False)
    return found


@pytest.fixture
def signed(desk: Desk) -> Signoff:
    """Return a signature whose letters wait."""
    return desk.sign(desk.cast.process_owner)


def letters() -> list[Job]:
    return list(Job.objects.filter(kind="receipt").order_by("pk"))


def claimed(job: Job) -> Job:
    found = claim_job(job_id=job.pk, moment=LATER)
    assert found is not None
    return found


class TestSigning:
    def test_writes_a_letter_to_the_signer_and_to_the_sponsor(
        self, desk: Desk, signed: Signoff
    ) -> None:
        readers = [job.payload["account"] for job in letters()]
        both = (desk.cast.process_owner, desk.cast.sponsor)
        assert readers == [str(each.public_id) for each in both]
        assert not mail.outbox

    def test_writes_one_to_a_sponsor_who_signs(self, desk: Desk) -> None:
        desk.sign(desk.cast.sponsor)
        assert len(letters()) == 1


class TestRunReceipt:
    def test_carries_the_file_byte_for_byte_and_the_checkpoint_in_its_words(
        self, desk: Desk, signed: Signoff
    ) -> None:
        for job in letters():
            run_job.apply(args=(job.pk,))
        assert [job.state for job in letters()] == [JobState.DONE] * 2
        mine, theirs = mail.outbox
        assert (mine.to, theirs.to) == ([desk.cast.process_owner.email], [desk.cast.sponsor.email])
        (enclosed,) = mine.attachments
        assert (enclosed[0], enclosed[1]) == (signed.receipt_name, signed.receipt.encode())
        checkpoint = signed.receipt.split("\n\n", 1)[1]
        assert checkpoint in mine.body
        assert "Signed by Process_Owner of Northwind Mills" in mine.body
        assert signed.meaning in mine.body
        assert f"/signatures/{signed.public_id}/" in mine.body

    def test_notes_that_the_checkpoint_is_outside(self, desk: Desk, signed: Signoff) -> None:
        assert not Anchor.objects.exists()
        run_job.apply(args=(letters()[0].pk,))
        row = Anchor.objects.get()
        assert (row.kind, row.account) == (AnchorKind.RECEIPT, desk.cast.process_owner)
        assert row.checkpoint.note == signed.receipt.split("\n\n", 1)[1]
        assert Checkpoint.objects.count() == 1

    def test_is_sent_once_however_often_it_is_asked_for(self, desk: Desk, signed: Signoff) -> None:
        (job, _) = letters()
        for _ in range(2):
            Job.objects.filter(pk=job.pk).update(state=JobState.PENDING, attempts=0)
            run_job.apply(args=(job.pk,))
        assert len(mail.outbox) == 1
        assert Anchor.objects.count() == 1

    def test_waits_while_no_server_takes_it(
        self, signed: Signoff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def away(letter: Letter) -> None:
            raise MailServerAway("No mail server.")

        monkeypatch.setattr(receipts, "send_letter", away)
        run_job.apply(args=(letters()[0].pk,))
        assert letters()[0].state == JobState.PENDING
        assert not Anchor.objects.exists()
        monkeypatch.undo()
        run_job.apply(args=(letters()[0].pk,))
        assert len(mail.outbox) == 1

    def test_is_not_sent_again_where_nobody_knows_whether_it_left(
        self, signed: Signoff, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def lost(letter: Letter) -> None:
            raise smtplib.SMTPServerDisconnected("gone")

        monkeypatch.setattr(receipts, "send_letter", lost)
        with pytest.raises(JobRefused, match="not sent a second time"):
            run_receipt(claimed(letters()[0]), moment=LATER)
        monkeypatch.undo()
        again = Job.objects.get(pk=letters()[0].pk)
        with pytest.raises(JobRefused, match="not sent a second time"):
            run_receipt(again, moment=LATER)
        assert not mail.outbox
        assert not Anchor.objects.exists()

    def test_speaks_the_readers_language(self, desk: Desk, signed: Signoff) -> None:
        User.objects.filter(pk=desk.cast.process_owner.pk).update(language="de")
        run_job.apply(args=(letters()[0].pk,))
        assert "Beleg" in mail.outbox[0].subject
        assert "Freigegeben: Process_Owner" in mail.outbox[0].body
        assert signed.meaning in mail.outbox[0].body

    def test_is_not_sent_to_a_closed_account(self, desk: Desk, signed: Signoff) -> None:
        User.objects.filter(pk=desk.cast.process_owner.pk).update(is_active=False)
        with pytest.raises(JobRefused, match="no account"):
            run_receipt(claimed(letters()[0]), moment=LATER)
        assert not mail.outbox
