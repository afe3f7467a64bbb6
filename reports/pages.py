"""What the pages of reports show: how far a report has come, and which ones are kept."""

from dataclasses import dataclass
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.urls import reverse

from governance.choices import JobState
from governance.models import Project
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.rows import Step
from readiness.pages.words import moment_text
from reports.models import Report
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
    headline: str
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
    """The kept reports of a project, the newest judgement first."""

    trail: list[Step]
    rows: list[KeptReport]
    request_href: str
    is_judged: bool


def report_page(snapshot: Snapshot) -> ReportPage:
    """Return how far the report of a snapshot has come."""
    project = snapshot.project
    zone = ZoneInfo(project.time_zone)
    report = Report.objects.filter(snapshot=snapshot).newest_first().first()
    job = jobs_of(snapshot).last()
    kept = None if report is None else _kept(report, project, zone)
    failed = job.error if kept is None and job and job.state == JobState.FAILED else ""
    done = job.progress_done if job else 0
    return ReportPage(
        trail=[*_trail(project), Step(moment_text(snapshot.as_of, zone=zone))],
        title="Executive report",
        answer=f"{snapshot.headline} (judged {moment_text(snapshot.as_of, zone=zone)})",
        kept=kept,
        waits=kept is None and job is not None and not failed,
        failed=failed,
        label=STEP_WORDS[min(done, STEPS)],
        done=done,
        due=STEPS,
        href=reverse("reports:report-detail", args=[project.public_id, snapshot.public_id]),
        request_href=reverse("reports:report-request", args=[project.public_id]),
    )


def report_list(project: Project) -> ReportList:
    """Return the kept reports of a project."""
    zone = ZoneInfo(project.time_zone)
    reports = Report.objects.filter(project=project).select_related("snapshot").newest_first()
    return ReportList(
        trail=_trail(project),
        rows=[_kept(report, project, zone) for report in reports],
        request_href=reverse("reports:report-request", args=[project.public_id]),
        is_judged=Snapshot.objects.filter(project=project).exists(),
    )


def file_name(report: Report) -> str:
    """Return the name a downloaded report carries; the project's slug and the judged day."""
    day = report.snapshot.local_date.isoformat()
    return f"readiness-{report.project.slug}-{day}.pdf"


def _trail(project: Project) -> list[Step]:
    address = reverse("reports:report-list", args=[project.public_id])
    return [Step(project.name), Step("Reports", address)]


def _kept(report: Report, project: Project, zone: tzinfo) -> KeptReport:
    snapshot = report.snapshot
    names = [project.public_id, snapshot.public_id]
    return KeptReport(
        title=f"Report of {moment_text(snapshot.as_of, zone=zone)}",
        verdict=str(Verdict(snapshot.verdict)),
        headline=snapshot.headline,
        judged=moment_text(snapshot.as_of, zone=zone),
        facts=f"{report.pages} pages, {-(-report.size // KIB):,} KiB",
        sha256=report.sha256,
        printed=moment_text(report.created_at, zone=zone),
        href=reverse("reports:report-detail", args=names),
        download_href=reverse("reports:report-download", args=names),
    )
