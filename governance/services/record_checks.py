"""Write down what verifying a record found; what does not hold freezes the gates."""

import logging
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

from django.db import transaction

from governance.choices import SecurityEventKind
from governance.models import Job, Project, RecordCheck, User
from governance.outbox import write_job
from governance.record.checking import KEPT_OUTSIDE
from governance.services.anchoring import local_midnight
from governance.services.freezing import reason_of
from governance.services.marks import mark_projects
from governance.services.security import note_event
from governance.services.verifying import Verification, verify_records

AT_ONCE = 200
log = logging.getLogger(__name__)


def due_projects(*, moment: datetime) -> list[Project]:
    """Return the projects whose record nobody looked at since their own midnight."""
    every = Project.objects.select_related("organisation").order_by("pk")
    newest = RecordCheck.objects.newest_moments()
    never = datetime.min.replace(tzinfo=UTC)
    found = (
        project
        for project in every
        if newest.get(project.pk, never) < local_midnight(project, moment=moment)
    )
    return list(islice(found, AT_ONCE))


def ask_for_verification() -> Job:
    """Write down that every record is to be verified, as it is after a start or a restore."""
    return write_job(kind="verify", key=f"verify:{uuid.uuid4()}")


def run_verify(job: Job, *, moment: datetime) -> None:
    """Verify every record; a job of the queue."""
    every = Project.objects.select_related("organisation").order_by("pk")
    verify_and_note(every.iterator(), moment=moment)


def verify_and_note(projects: Iterable[Project], *, moment: datetime) -> list[Verification]:
    """Verify records one after the other and note what was found; return it."""
    found = []
    for verification in verify_records(projects):
        note_check(verification, moment=moment)
        found.append(verification)
    return found


@transaction.atomic
def note_check(verification: Verification, *, moment: datetime) -> RecordCheck | None:
    """Write what was found where it is new, or the first of a day; None where it is neither.

    What was found against something kept outside is lifted only by looking at that again: the
    record alone is sound after its end was cut off.
    """
    project = verification.project
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    newest = RecordCheck.objects.filter(project=project).newest_first().first()
    reasons = list(verification.findings)
    if newest is not None and _was_outside(newest) and not verification.with_outside:
        reasons += [each for each in newest.reason.split("\n") if each not in reasons]
    reason = "\n".join(reasons)
    midnight = local_midnight(project, moment=moment)
    if newest is not None and newest.reason == reason and newest.checked_at >= midnight:
        return None
    row = RecordCheck.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        is_sound=not reason,
        size=verification.size,
        reason=reason,
    )
    if (newest is None or newest.is_sound) != row.is_sound:
        mark_projects(project_ids=[project.pk])
        _tell(row, project)
    return row


def _was_outside(check: RecordCheck) -> bool:
    return KEPT_OUTSIDE in check.reason


def _tell(row: RecordCheck, project: Project) -> None:
    """Tell the client's administrators, urgently, once."""
    known = User.objects.administrators_of(project.organisation_id)
    administrators = list(known.order_by("pk"))
    kind = SecurityEventKind.RECORD_SOUND_AGAIN
    if not row.is_sound:
        kind = SecurityEventKind.RECORD_UNSOUND
        log.error("the record of project %s does not verify: %s", project.pk, row.reason)
    for administrator in administrators[:1]:
        note_event(
            kind,
            account=administrator,
            project=project,
            name=project.name,
            why=reason_of(row.reason),
            urgent=not row.is_sound,
        )
    if not row.is_sound:
        for administrator in administrators:
            _letter(row, administrator)


def _letter(row: RecordCheck, administrator: User) -> Job:
    return write_job(
        kind="record-mail",
        key=f"frozen:{row.public_id}:{administrator.public_id}",
        payload={
            "letter": "frozen",
            "row": str(row.public_id),
            "account": str(administrator.public_id),
        },
    )
