"""What the pages of reports show: how far a report has come, and which ones are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.choices import JobState
from governance.models import Job, Project
from governance.pages.trail import Step, trail_of
from readiness.choices import Verdict
from readiness.models import Snapshot
from readiness.pages.recorded import sentence_after_verdict, summary_of
from readiness.pages.words import ago_text, moment_text
from reports.models import Report
from reports.querysets import ReportQuerySet
from reports.rendering.paper import edition_of
from reports.rendering.run import STEPS
from reports.services.keeping import jobs_of

KIB = 1024
PATIENCE = timedelta(minutes=2)
"""A job nobody took for so long means that no worker runs."""
ROWS_ON_A_PAGE = 20
STEP_WORDS = (
    gettext_lazy("Waiting for a worker"),
    gettext_lazy("Gathering what was recorded"),
    gettext_lazy("Setting and pressing the pages"),
    gettext_lazy("Keeping the report"),
    gettext_lazy("Done"),
)


@dataclass(frozen=True, slots=True)
class KeptReport:
    """One kept report, down to the words."""

    title: str
    verdict: str
    sentence: str
    judged: str
    language: str
    facts: str
    sha256: str
    printed: str
    href: str
    download_href: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """How far the report of one judgement has come in the reader's language.

    `kept` once it is there, `others` are the same judgement in other languages; `asked` says
    when somebody asked for what still waits, `is_stuck` that no worker took it for minutes.
    """

    trail: list[Step]
    title: str
    answer: str
    verdict: str
    judged: str
    kept: KeptReport | None
    others: list[KeptReport]
    waits: bool
    asked: str
    is_stuck: bool
    failed: str
    label: str
    done: int
    due: int
    href: str
    snapshot: str
    request_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportList:
    """The kept reports of a project, the newest judgement first.

    `judged` and `href` are of the newest judgement, empty before the first; `newest` is its
    report in the reader's language, None before somebody asked for it, and `is_old` when it
    was printed in an edition before today's.
    """

    trail: list[Step]
    answer: str
    rows: list[KeptReport]
    page: Page[Report]
    request_href: str
    judged: str
    href: str
    newest: KeptReport | None
    is_old: bool


def report_page(snapshot: Snapshot, *, language: str, now: datetime) -> ReportPage:
    """Return how far the report of a snapshot has come in a language."""
    project = snapshot.project
    zone = ZoneInfo(project.time_zone)
    kept = list(_with_judgement(Report.objects.of_snapshot(snapshot), language))
    mine = [report for report in kept if report.language == language]
    report = mine[-1] if mine else None
    job = jobs_of(snapshot, language=language).last()
    waits = _waits(job, report)
    done = job.progress_done if job else 0
    judged = moment_text(snapshot.as_of, zone=zone)
    return ReportPage(
        trail=trail_of(project, _list_step(project), judged),
        title=_("Executive report"),
        answer=_sentence(snapshot, language),
        verdict=snapshot.verdict,
        judged=judged,
        kept=None if report is None or waits else _kept(report, project, language),
        others=[_kept(each, project, language) for each in _newest_of_each(kept, but=language)],
        waits=waits,
        asked=ago_text(job.created_at, now=now) if job and waits else "",
        is_stuck=waits and job is not None and _is_stuck(job, now),
        failed=_failure(job) if job and report is None else "",
        label=str(STEP_WORDS[min(done, STEPS)]),
        done=done,
        due=STEPS,
        href=_detail_href(project, snapshot),
        snapshot=str(snapshot.public_id),
        request_href=_request_href(project),
    )


def _waits(job: Job | None, report: Report | None) -> bool:
    """Say whether a report is on its way; one that is kept in today's edition is not waited for."""
    if job is None or job.state in (JobState.FAILED, JobState.DONE):
        return False
    return report is None or not _is_todays(report)


def _is_stuck(job: Job, now: datetime) -> bool:
    return job.state == JobState.PENDING and now - job.created_at > PATIENCE


def _failure(job: Job) -> str:
    return job.error if job.state == JobState.FAILED else ""


def _newest_of_each(kept: list[Report], *, but: str) -> list[Report]:
    """Return the newest report of every other language."""
    newest = {report.language: report for report in kept if report.language != but}
    return list(newest.values())


def report_list(project: Project, *, language: str, number: str = "") -> ReportList:
    """Return the kept reports of a project, and its newest judgement to print."""
    newest = Snapshot.objects.of_projects([project.pk]).newest_first().defer("body").first()
    zone = ZoneInfo(project.time_zone)
    reports = _with_judgement(Report.objects.filter(project=project), language).newest_first()
    page = Paginator(reports, ROWS_ON_A_PAGE).get_page(number)
    rows = [_kept(report, project, language) for report in page.object_list]
    judged = moment_text(newest.as_of, zone=zone) if newest else ""
    printed = _printed(newest, language) if newest else None
    return ReportList(
        trail=trail_of(project, _list_step(project)),
        answer=_answer(judged, is_printed=printed is not None),
        rows=rows,
        page=page,
        request_href=_request_href(project),
        judged=judged,
        href=_detail_href(project, newest) if newest else "",
        newest=_kept(printed, project, language) if printed else None,
        is_old=printed is not None and not _is_todays(printed),
    )


def _answer(judged: str, *, is_printed: bool) -> str:
    """Return the first line of the list: whether the newest judgement is printed."""
    if not judged:
        return _("Nothing was judged yet, so there is nothing to print.")
    if is_printed:
        return _("The newest judgement, of %(moment)s, is printed.") % {"moment": judged}
    return _("The newest judgement, of %(moment)s, is not printed yet.") % {"moment": judged}


def _printed(snapshot: Snapshot, language: str) -> Report | None:
    """Return the newest report of a judgement in a language, of whatever edition."""
    reports = Report.objects.of_snapshot(snapshot).filter(language=language)
    return _with_judgement(reports, language).last()


def _is_todays(report: Report) -> bool:
    return report.template_version == edition_of(report.language).version


def file_name(report: Report) -> str:
    """Return the name a downloaded report carries: the project's slug, the day, the language."""
    day = report.snapshot.local_date.isoformat()
    tail = "" if report.language == settings.LANGUAGE_CODE else f"-{report.language}"
    return f"readiness-{report.project.slug}-{day}{tail}.pdf"


def _detail_href(project: Project, snapshot: Snapshot) -> str:
    return reverse("reports:report-detail", args=[project.public_id, snapshot.public_id])


def _request_href(project: Project) -> str:
    return reverse("reports:report-request", args=[project.public_id])


def _list_step(project: Project) -> Step:
    return Step(_("Reports"), reverse("reports:report-list", args=[project.public_id]))


def _with_judgement(reports: ReportQuerySet, language: str) -> ReportQuerySet:
    """Read the judgements along, and their bodies only where a headline is told again."""
    rows = reports.select_related("snapshot")
    return rows.defer("snapshot__body") if _is_recorded_in(language) else rows


def _is_recorded_in(language: str) -> bool:
    return language == settings.LANGUAGE_CODE


def _sentence(snapshot: Snapshot, language: str) -> str:
    """Return why the verdict is what it is, in the reader's language."""
    if _is_recorded_in(language):
        return sentence_after_verdict(snapshot.headline)
    return sentence_after_verdict(summary_of(snapshot)["headline"])


def _kept(report: Report, project: Project, language: str) -> KeptReport:
    snapshot, zone = report.snapshot, ZoneInfo(project.time_zone)
    judged = moment_text(snapshot.as_of, zone=zone)
    return KeptReport(
        title=_("Report of %(moment)s") % {"moment": judged},
        verdict=str(Verdict(snapshot.verdict)),
        sentence=_sentence(snapshot, language),
        judged=judged,
        language=dict(settings.LANGUAGES).get(report.language, report.language),
        facts=_facts(report),
        sha256=report.sha256,
        printed=moment_text(report.created_at, zone=zone),
        href=_detail_href(project, snapshot),
        download_href=reverse(
            "reports:report-download", args=[project.public_id, report.public_id]
        ),
        report=str(report.public_id),
    )


def _facts(report: Report) -> str:
    words = ngettext("%(count)s page, %(size)s KiB", "%(count)s pages, %(size)s KiB", report.pages)
    size = number_format(-(-report.size // KIB), force_grouping=True)
    return words % {"count": report.pages, "size": size}
