"""Ask for a report, keep it, and give it out only while it is what was kept."""

import hashlib

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop

from governance.choices import JobState
from governance.models import Job, User
from governance.outbox import write_job
from readiness.models import Snapshot
from reports.choices import Edition, Pressed
from reports.models import Report

RENDER = "render"
MISSING = gettext_noop("The kept file of this report is missing.")
CHANGED = gettext_noop("The kept file of this report was changed; it is not given out.")


class ReportRefused(Exception):
    """Say why a report is not given out."""


@transaction.atomic
def request_report(
    *, snapshot: Snapshot, edition: Edition, requested_by: User | None = None
) -> Job:
    """Return the job that prints a snapshot: the one that waits or ran, or a new one.

    A job that failed for good is followed by a new one; asking twice prints once.
    """
    failed = jobs_of(snapshot, language=edition.language).filter(state=JobState.FAILED).count()
    return write_job(
        kind=RENDER,
        key=f"{_stem(snapshot, edition.language)}{edition.version}:{failed + 1}",
        payload={"snapshot": str(snapshot.public_id), "language": edition.language},
        actor=requested_by,
        project=snapshot.project,
    )


def jobs_of(snapshot: Snapshot, *, language: str) -> QuerySet[Job]:
    """Return the jobs that print a snapshot in a language, the oldest first."""
    stem = _stem(snapshot, language)
    return Job.objects.filter(kind=RENDER, key__startswith=stem).order_by("id")


def _stem(snapshot: Snapshot, language: str) -> str:
    return f"{RENDER}:{snapshot.public_id}:{language}:"


def keep_report(
    *,
    snapshot: Snapshot,
    edition: Edition,
    pressed: Pressed,
    requested_by: User | None = None,
    previous: Report | None = None,
) -> Report:
    """Return the kept report of a snapshot; the first one of an edition stays, for good."""
    sha256 = hashlib.sha256(pressed.pdf).hexdigest()
    report = Report(
        organisation_id=snapshot.organisation_id,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        template_version=edition.version,
        language=edition.language,
        previous=previous,
        sha256=sha256,
        pages=pressed.pages,
        size=len(pressed.pdf),
        content=ContentFile(pressed.pdf, name=f"{snapshot.public_id}-{sha256[:16]}.pdf"),
        requested_by=requested_by,
    )
    try:
        with transaction.atomic():
            report.save(force_insert=True)
    except IntegrityError:
        report.content.delete(save=False)  # its file was written before its row was refused
        return Report.objects.of_snapshot(snapshot).in_edition(edition).get()
    return report


def open_report(*, report: Report) -> bytes:
    """Return the bytes of a kept report.

    :raises ReportRefused: the file is gone, or is no longer what was kept.
    """
    try:
        with report.content.open("rb") as file:
            pdf: bytes = file.read()
    except OSError as error:
        raise ReportRefused(MISSING) from error
    if hashlib.sha256(pdf).hexdigest() != report.sha256:
        raise ReportRefused(CHANGED)
    return pdf
