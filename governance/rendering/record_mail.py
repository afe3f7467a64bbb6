"""The letters of the record: its checkpoints every night, and word that it does not verify."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from governance.models import Checkpoint, Job, Organisation, RecordCheck, User
from governance.rendering.letters import letter_from, speaking
from governance.services.anchoring import checkpoint_readers, note_mailed
from governance.services.freezing import reason_of
from governance.services.jobs import JobRefused
from governance.services.post import Enclosure, Letter, send_letter


def run_record_mail(job: Job, *, moment: datetime) -> None:
    """Write and send what a job asks for; what was sent is noted after it has left.

    :raises JobRefused: nobody is left to read it, or nobody knows such a letter.
    """
    writer = WRITERS.get(str(job.payload.get("letter")))
    if writer is None:
        raise JobRefused(f"Nobody knows the letter of job {job.public_id}.")
    writer(job)


def _send_frozen(job: Job) -> None:
    rows = RecordCheck.objects.select_related("project__organisation")
    row = rows.get(public_id=job.payload["row"])
    account = User.objects.get(public_id=job.payload["account"])
    with speaking(account.language, account.time_zone):
        subject = _("Readiness Gate: the record of %(name)s does not verify")
        shown = {"check": row, "reason": reason_of(row.reason), "reader": account}
        named = subject % {"name": row.project.name}
        letter = letter_from(account.email, named, "frozen", shown)
    send_letter(letter)


def _send_checkpoints(job: Job) -> None:
    client = Organisation.objects.get(public_id=job.payload["client"])
    readers = checkpoint_readers(client)
    if not readers:
        raise JobRefused(f"Nobody of {client.slug} is left to read checkpoints.")
    rows = Checkpoint.objects.filter(public_id__in=job.payload["rows"])
    checkpoints = list(rows.select_related("project").order_by("project__name", "pk"))
    send_letter(letter_of_checkpoints(checkpoints, readers))
    note_mailed(checkpoints)


def letter_of_checkpoints(checkpoints: list[Checkpoint], readers: list[User]) -> Letter:
    """Return the one mail with a client's checkpoints, in words and as files."""
    first, *others = readers
    with speaking(first.language, first.time_zone):
        subject = _("Readiness Gate: checkpoints of the record, please keep")
        letter = letter_from(first.email, subject, "checkpoints", {"checkpoints": checkpoints})
    return replace(
        letter,
        others=[account.email for account in others],
        enclosures=[
            Enclosure(f"{each.project.slug}-{each.size}.txt", each.note.encode())
            for each in checkpoints
        ],
        things=len(checkpoints),
    )


WRITERS: dict[str, Callable[[Job], None]] = {
    "frozen": _send_frozen,
    "checkpoints": _send_checkpoints,
}
