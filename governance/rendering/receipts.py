"""The letter that carries a signature's receipt to somebody outside."""

from dataclasses import replace
from datetime import UTC, datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy

from governance.choices import SignoffAct
from governance.models import Job, Signoff, User
from governance.record.canonical import sha256_of
from governance.rendering.letters import letter_from, speaking
from governance.services.jobs import JobRefused, report_progress
from governance.services.post import Enclosure, Letter, MailRefused, send_letter
from governance.services.receipts import is_outside, note_outside

STEPS = 2
LEAVING = 1
SUBJECTS = {
    SignoffAct.SIGNED: gettext_lazy("Readiness Gate: receipt of a signature, %(what)s"),
    SignoffAct.REFUSED: gettext_lazy("Readiness Gate: receipt of a refusal, %(what)s"),
    SignoffAct.WITHDRAWN: gettext_lazy("Readiness Gate: receipt of a withdrawal, %(what)s"),
}
FATE_UNKNOWN = "Nobody knows whether this receipt was sent; it is not sent a second time."


def run_receipt(job: Job, *, moment: datetime) -> None:
    """Send one receipt, once, and note that its checkpoint is outside.

    :raises JobRefused: the reader is gone, or the letter may have left before.
    :raises MailRefused: the server did not take it; it can be tried again.
    """
    rows = Signoff.objects.filter(project=job.project).select_related("project", "entry", "signer")
    signoff = rows.get(public_id=job.payload["row"])
    reader = User.objects.get(public_id=job.payload["account"])
    if is_outside(signoff, reader=reader):
        return
    if job.progress_done == LEAVING:
        raise JobRefused(FATE_UNKNOWN)
    if not reader.is_active or reader.organisation_id != signoff.organisation_id:
        raise JobRefused("Whoever this receipt is for has no account any more.")
    letter = letter_of_receipt(signoff, reader=reader)
    report_progress(job=job, done=LEAVING, due=STEPS)
    try:
        send_letter(letter)
    except MailRefused:
        report_progress(job=job, done=0, due=STEPS)
        raise
    except OSError as error:
        raise JobRefused(FATE_UNKNOWN) from error
    note_outside(signoff, reader=reader)


def letter_of_receipt(signoff: Signoff, *, reader: User) -> Letter:
    """Return the mail with a receipt: what was signed in words, the checkpoint, the file."""
    with speaking(reader.language, reader.time_zone):
        subject = str(SUBJECTS[SignoffAct(signoff.act)]) % {"what": signoff.subject_title}
        shown = {
            "signoff": signoff,
            "reader": reader,
            "statement_hash": sha256_of(signoff.statement),
            "checkpoint": signoff.receipt.split("\n\n", 1)[1],
            "when": f"{signoff.signed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
            "address": f"{settings.SITE_URL}{_address(signoff)}",
        }
        letter = letter_from(reader.email, subject, "receipt", shown)
    content = signoff.receipt.encode()
    return replace(letter, enclosures=[Enclosure(signoff.receipt_name, content)])


def _address(signoff: Signoff) -> str:
    names = [signoff.project.public_id, signoff.public_id]
    return reverse("readiness:signature-detail", args=names)
