"""Ask for a report, keep it, and give it out only while it is what was kept."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from governance.choices import JobState
from governance.models import Job, User
from governance.outbox import write_job
from readiness.models import Snapshot
from reports.models import Report

RENDER = "render"


class ReportRefused(Exception):
    """Say why a report is not given out."""


@transaction.atomic
def request_report(
    *, snapshot: Snapshot, template_version: str, requested_by: User | None = None
) -> Job:
    """Return the job that prints a snapshot: the one that waits or ran, or a new one.

    A job that failed for good is followed by a new one; asking twice prints once.
    """
    failed = jobs_of(snapshot).filter(state=JobState.FAILED).count()
    return write_job(
        kind=RENDER,
        key=f"{_stem(snapshot)}{template_version}:{failed + 1}",
        payload={"snapshot": str(snapshot.public_id)},
        actor=requested_by,
        project=snapshot.project,
    )


def jobs_of(snapshot: Snapshot) -> QuerySet[Job]:
    """Return the jobs that print a snapshot, the oldest first."""
    return Job.objects.filter(kind=RENDER, key__startswith=_stem(snapshot)).order_by("id")


def _stem(snapshot: Snapshot) -> str:
    return f"{RENDER}:{snapshot.public_id}:"


def keep_report(
    *, snapshot: Snapshot, template_version: str, pdf: bytes, pages: int, requested_by: User | None
) -> Report:
    """Return the kept report of a snapshot; the first one printed stays, for good."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    try:
        with transaction.atomic():
            return Report.objects.create(
                organisation_id=snapshot.organisation_id,
                project_id=snapshot.project_id,
                snapshot=snapshot,
                template_version=template_version,
                sha256=sha256,
                pages=pages,
                size=len(pdf),
                content=ContentFile(pdf, name=f"{snapshot.public_id}-{sha256[:16]}.pdf"),
                requested_by=requested_by,
            )
    except IntegrityError:
        return Report.objects.of_snapshot(snapshot, template_version=template_version).get()


def open_report(*, report: Report) -> bytes:
    """Return the bytes of a kept report.

    :raises ReportRefused: the file is gone, or is no longer what was kept.
    """
    try:
        with report.content.open("rb") as file:
            pdf: bytes = file.read()
    except OSError as error:
        raise ReportRefused("The kept file of this report is missing.") from error
    if hashlib.sha256(pdf).hexdigest() != report.sha256:
        raise ReportRefused("The kept file of this report was changed; it is not given out.")
    return pdf
