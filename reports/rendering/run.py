"""Print a snapshot from first to last step; the job of kind `render` starts here."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import override

from governance.models import Job, User
from governance.permissions import seat_of
from governance.permissions.acts import PRINT_REPORT
from governance.services.authority import NOT_ITS_OWN, actor_of, refused
from governance.services.jobs import JobRefused, report_progress
from readiness.models import Snapshot
from reports.choices import Edition
from reports.models import Report
from reports.rendering.building import paper_of
from reports.rendering.paper import edition_of, language_of, set_paper
from reports.rendering.press import PressRefused, press_pdf
from reports.services.gathering import Evidence, gather_evidence
from reports.services.keeping import keep_report

STEPS = 4
Progress = Callable[[int], None]


def run_render(job: Job, *, moment: datetime) -> None:
    """Print the snapshot that a job names and keep the report; done twice, kept once.

    :raises JobRefused: whoever asked may not have it printed any more, or the page took too
        long, too much memory, or could not be drawn.
    """
    judged = Snapshot.objects.filter(project=job.project, public_id=job.payload["snapshot"])
    snapshot = judged.select_related("project__organisation", "policy").first()
    if snapshot is None:
        raise refused(job, because=NOT_ITS_OWN)
    project = snapshot.project
    actor = actor_of(job, may=lambda user: PRINT_REPORT.allows(seat_of(user, project=project)))

    def progress(done: int) -> None:
        report_progress(job=job, done=done, due=STEPS)

    edition = edition_of(language_of(job.payload.get("language")))
    try:
        print_report(snapshot=snapshot, edition=edition, requested_by=actor, progress=progress)
    except PressRefused as refusal:
        raise JobRefused(str(refusal)) from refusal


def print_report(
    *,
    snapshot: Snapshot,
    edition: Edition,
    requested_by: User | None,
    progress: Progress = lambda _: None,
) -> Report:
    """Return the kept report of a snapshot, printed now unless it was before.

    :raises PressRefused: the page took too long, too much memory, or could not be drawn.
    """
    kept = Report.objects.of_snapshot(snapshot).in_edition(edition).first()
    if kept is not None:
        return kept
    progress(1)
    evidence = gather_evidence(snapshot=snapshot)
    html = render_html(evidence, edition=edition)
    progress(2)
    pressed = press_pdf(html, identifier=identifier_of(snapshot, edition=edition))
    progress(3)
    return keep_report(
        snapshot=snapshot,
        edition=edition,
        pressed=pressed,
        requested_by=requested_by,
        previous=evidence.previous,
    )


def render_html(evidence: Evidence, *, edition: Edition) -> str:
    """Return the report of a snapshot as HTML in the edition's language, ready for the press."""
    with override(edition.language):
        return set_paper(paper_of(evidence, template_version=edition.version))


def identifier_of(snapshot: Snapshot, *, edition: Edition) -> str:
    """Return what identifies the PDF: fixed by the judgement and the paper, not by chance."""
    text = f"{snapshot.public_id} {snapshot.etag} {edition.language} {edition.version}"
    return hashlib.sha256(text.encode()).hexdigest()
