from datetime import timedelta

import pytest
from django.utils.translation import override

from governance.choices import JobState
from governance.models import Job, Project
from governance.outbox import write_job
from readiness.models import Snapshot
from reports.choices import Edition
from reports.pages.reports import (
    ROWS_ON_A_PAGE,
    STEP_WORDS,
    ReportPage,
    file_name,
    report_list,
    report_page,
)
from reports.rendering.paper import edition_of
from reports.rendering.run import STEPS
from reports.services.keeping import request_report
from tests.factories import NOW
from tests.reports.papers import kept, make_judgement, make_upgrade


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """Return a recorded judgement."""
    return make_judgement(make_upgrade(slug="pumps"))


def shown(snapshot: Snapshot, *, language: str = "en") -> ReportPage:
    return report_page(snapshot, language=language, now=NOW)


def wanted(snapshot: Snapshot, **fields: object) -> Job:
    job = request_report(snapshot=snapshot, edition=Edition("en", "1"))
    Job.objects.filter(pk=job.pk).update(**fields)
    return job


class TestReportPage:
    def test_knows_nothing_before_somebody_asks(self, snapshot: Snapshot) -> None:
        page = shown(snapshot)
        assert (page.kept, page.waits, page.failed) == (None, False, "")

    def test_shows_how_far_the_job_has_come(self, snapshot: Snapshot) -> None:
        wanted(snapshot, state=JobState.RUNNING, progress_done=2, progress_due=4)
        page = shown(snapshot)
        assert (page.waits, page.label, page.done, page.due) == (
            True,
            "Setting and pressing the pages",
            2,
            STEPS,
        )

    def test_says_why_it_failed_and_waits_no_longer(self, snapshot: Snapshot) -> None:
        wanted(snapshot, state=JobState.FAILED, error="The report took too long.")
        page = shown(snapshot)
        assert (page.waits, page.failed) == (False, "The report took too long.")

    def test_shows_the_kept_report_whatever_the_job_says(self, snapshot: Snapshot) -> None:
        kept(snapshot, pdf=b"x" * 3000)
        wanted(snapshot, state=JobState.FAILED, error="The report took too long.")
        page = shown(snapshot)
        assert page.kept is not None
        assert (page.kept.facts, page.failed, page.waits) == ("7 pages, 3 KiB", "", False)
        assert page.kept.judged == "1 Jun 2026, 23:59"

    def test_waits_for_todays_paper_even_if_an_older_one_is_kept(self, snapshot: Snapshot) -> None:
        kept(snapshot)
        wanted(snapshot, state=JobState.RUNNING)
        assert shown(snapshot).waits
        kept(snapshot, version=edition_of("en").version)
        page = shown(snapshot)
        assert (page.waits, page.kept is not None) == (False, True)

    def test_says_when_no_worker_takes_it(self, snapshot: Snapshot) -> None:
        wanted(snapshot, created_at=NOW - timedelta(minutes=1))
        assert (shown(snapshot).asked, shown(snapshot).is_stuck) == ("just now", False)
        wanted(snapshot, created_at=NOW - timedelta(minutes=9))
        assert (shown(snapshot).asked, shown(snapshot).is_stuck) == ("9 min ago", True)

    def test_keeps_the_languages_apart(self, snapshot: Snapshot) -> None:
        kept(snapshot)
        german = shown(snapshot, language="de")
        assert (german.kept, german.waits) == (None, False)
        assert [other.language for other in german.others] == ["English"]
        kept(snapshot, language="de")
        assert shown(snapshot, language="de").kept is not None
        assert [other.language for other in shown(snapshot).others] == ["Deutsch"]

    def test_looks_only_at_jobs_of_this_judgement(self, snapshot: Snapshot) -> None:
        write_job(kind="render", key="render:somebody-else:1:1")
        assert not shown(snapshot).waits

    def test_has_a_word_for_every_step(self) -> None:
        assert len(STEP_WORDS) == STEPS + 1


class TestReportList:
    def test_lists_the_newest_judgement_first(self, snapshot: Snapshot) -> None:
        report = kept(snapshot)
        (row,) = report_list(snapshot.project, language="en").rows
        assert (row.sha256, row.verdict) == (report.sha256, "NO_GO")

    def test_says_whether_there_is_anything_to_print(self, db: None) -> None:
        project: Project = make_upgrade()
        assert (
            report_list(project, language="en").judged,
            report_list(project, language="en").href,
        ) == ("", "")
        newest = make_judgement(project)
        assert report_list(project, language="en").judged == "1 Jun 2026, 23:59"
        assert str(newest.public_id) in report_list(project, language="en").href

    def test_answers_whether_the_newest_judgement_is_printed(self, snapshot: Snapshot) -> None:
        project = snapshot.project
        unprinted = report_list(project, language="en")
        assert unprinted.answer.endswith("is not printed yet.")
        kept(snapshot)
        old = report_list(project, language="en")
        assert (old.answer.endswith("is printed."), old.is_old) == (True, True)
        kept(snapshot, version=edition_of("en").version)
        assert not report_list(project, language="en").is_old
        assert report_list(project, language="de").newest is None

    def test_steps_through_many_reports(self, snapshot: Snapshot) -> None:
        for version in range(ROWS_ON_A_PAGE + 1):
            kept(snapshot, version=str(version))
        first, second = (
            report_list(snapshot.project, language="en", number=number) for number in ("", "2")
        )
        assert (len(first.rows), len(second.rows)) == (ROWS_ON_A_PAGE, 1)


class TestFileName:
    def test_names_project_and_day(self, snapshot: Snapshot) -> None:
        assert file_name(kept(snapshot)) == "readiness-pumps-2026-06-01.pdf"

    def test_names_the_language_where_it_is_another(self, snapshot: Snapshot) -> None:
        german = kept(snapshot, language="de")
        assert file_name(german) == "readiness-pumps-2026-06-01-de.pdf"


class TestLanguage:
    def test_tells_the_verdict_again_in_the_readers_language(self, snapshot: Snapshot) -> None:
        kept(snapshot)
        with override("de"):
            page = shown(snapshot, language="de")
            (row,) = report_list(snapshot.project, language="de").rows
        assert page.answer == row.sentence
        assert "harte Kriterien" in row.sentence
