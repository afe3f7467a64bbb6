"""Print a snapshot from first to last step; the job of kind `render` starts here."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from governance.models import Job, User
from governance.services.jobs import JobRefused, report_progress
from readiness.models import Snapshot
from reports.models import Report
from reports.rendering.building import paper_of
from reports.rendering.paper import set_paper, template_version
from reports.rendering.press import PressRefused, press_pdf
from reports.services.gathering import gather_evidence
from reports.services.keeping import keep_report

STEPS = 4
Progress = Callable[[int], None]


def run_render(job: Job, *, moment: datetime) -> None:
    """Print the snapshot that a job names and keep the report; done twice, kept once.

    :raises JobRefused: the page took too long, too much memory, or could not be drawn.
    """
    snapshot = Snapshot.objects.select_related("project__organisation", "policy").get(
        public_id=job.payload["snapshot"]
    )

    def progress(done: int) -> None:
        report_progress(job=job, done=done, due=STEPS)

    try:
        print_report(snapshot=snapshot, requested_by=job.actor, progress=progress)
    except PressRefused as refusal:
        raise JobRefused(str(refusal)) from refusal


def print_report(
    *, snapshot: Snapshot, requested_by: User | None, progress: Progress = lambda _: None
) -> Report:
    """Return the kept report of a snapshot, printed now unless it was before.

    :raises PressRefused: the page took too long, too much memory, or could not be drawn.
    """
    version = template_version()
    kept = Report.objects.of_snapshot(snapshot, template_version=version).first()
    if kept is not None:
        return kept
    progress(1)
    html = render_html(snapshot, template_version=version)
    progress(2)
    pressed = press_pdf(html, identifier=identifier_of(snapshot, template_version=version))
    progress(3)
    return keep_report(
        snapshot=snapshot,
        template_version=version,
        pdf=pressed.pdf,
        pages=pressed.pages,
        requested_by=requested_by,
    )


def render_html(snapshot: Snapshot, *, template_version: str) -> str:
    """Return the report of a snapshot as HTML, ready for the press."""
    return set_paper(
        paper_of(gather_evidence(snapshot=snapshot), template_version=template_version)
    )


def identifier_of(snapshot: Snapshot, *, template_version: str) -> str:
    """Return what identifies the PDF: fixed by the judgement and the paper, not by chance."""
    text = f"{snapshot.public_id} {snapshot.etag} {template_version}"
    return hashlib.sha256(text.encode()).hexdigest()
