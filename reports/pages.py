"""What the pages of reports show: how far a report has come, and which ones are kept."""

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.urls import reverse

from governance.choices import JobState
from governance.models import Job, Project
from governance.pages.trail import Step, trail_of
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.recorded import sentence_after_verdict
from readiness.pages.words import moment_text
from reports.models import Report
from reports.rendering.paper import template_version
from reports.rendering.run import STEPS
from reports.services.keeping import jobs_of

KIB = 1024
STEP_WORDS = (
    "Waiting for a worker",
    "Gathering what was recorded",
    "Setting and pressing the pages",
    "Keeping the report",
    "Done",
)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One kept report, down to the words."""

    title: str
    verdict: str
    sentence: str
    judged: str
    facts: str
    sha256: str
    printed: str
    href: str
    download_href: str


@dataclass(frozen=True, slots=True)
class ReportPage:
    """How far the report of one judgement has come; `kept` once it is there."""

    trail: list[Step]
    title: str
    answer: str
    kept: KeptReport | None
    waits: bool
    failed: str
    label: str
    done: int
    due: int
    href: str
    request_href: str


@dataclass(frozen=True, slots=True)
class ReportList:
    """The kept reports of a project, the newest judgement first.

    `judged` and `href` are of the newest judgement, empty before the first.
    """

    trail: list[Step]
    rows: list[KeptReport]
    request_href: str
    judged: str
    href: str


def report_page(snapshot: Snapshot) -> ReportPage:
    """Return how far the report of a snapshot has come."""
    project = snapshot.project
    zone = ZoneInfo(project.time_zone)
    report = Report.objects.filter(snapshot=snapshot).newest_first().first()
    job = jobs_of(snapshot).last()
    waits = _waits(job, report)
    kept = None if report is None or waits else _kept(report, project, zone)
    failed = job.error if kept is None and job and job.state == JobState.FAILED else ""
    done = job.progress_done if job else 0
    return ReportPage(
        trail=trail_of(project, _list_step(project), moment_text(snapshot.as_of, zone=zone)),
        title="Executive report",
        answer=snapshot.headline,
        kept=kept,
        waits=waits,
        failed=failed,
        label=STEP_WORDS[min(done, STEPS)],
        done=done,
        due=STEPS,
        href=_detail_href(project, snapshot),
        request_href=reverse("reports:report-request", args=[project.public_id]),
    )


def _waits(job: Job | None, report: Report | None) -> bool:
    """Say whether a report is on its way; one that is kept in today's paper is not waited for."""
    if job is None or job.state in (JobState.FAILED, JobState.DONE):
        return False
    return report is None or report.template_version != template_version()


def report_list(project: Project) -> ReportList:
    """Return the kept reports of a project, and its newest judgement to print."""
    newest = Snapshot.objects.of_projects([project.pk]).newest_first().defer("body").first()
    zone = ZoneInfo(project.time_zone)
    reports = Report.objects.filter(project=project).select_related("snapshot").newest_first()
    return ReportList(
        trail=trail_of(project, _list_step(project)),
        rows=[_kept(report, project, zone) for report in reports],
        request_href=reverse("reports:report-request", args=[project.public_id]),
        judged=moment_text(newest.as_of, zone=zone) if newest else "",
        href=_detail_href(project, newest) if newest else "",
    )


def file_name(report: Report) -> str:
    """Return the name a downloaded report carries; the project's slug and the judged day."""
    day = report.snapshot.local_date.isoformat()
    return f"readiness-{report.project.slug}-{day}.pdf"


def _detail_href(project: Project, snapshot: Snapshot) -> str:
    return reverse("reports:report-detail", args=[project.public_id, snapshot.public_id])


def _list_step(project: Project) -> Step:
    return Step("Reports", reverse("reports:report-list", args=[project.public_id]))


def _kept(report: Report, project: Project, zone: tzinfo) -> KeptReport:
    snapshot = report.snapshot
    return KeptReport(
        title=f"Report of {moment_text(snapshot.as_of, zone=zone)}",
        verdict=str(Verdict(snapshot.verdict)),
        sentence=sentence_after_verdict(snapshot.headline),
        judged=moment_text(snapshot.as_of, zone=zone),
        facts=f"{report.pages} pages, {-(-report.size // KIB):,} KiB",
        sha256=report.sha256,
        printed=moment_text(report.created_at, zone=zone),
        href=_detail_href(project, snapshot),
        download_href=reverse(
            "reports:report-download", args=[project.public_id, report.public_id]
        ),
    )
