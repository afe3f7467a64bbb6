import io

import pikepdf
import pytest
from django.utils.translation import get_language

from governance.choices import JobState
from governance.models import Job
from governance.services.jobs import JobRefused
from governance.tasks import run_job
from readiness.imports.policies import built_in_policy
from readiness.models import Snapshot
from reports.choices import Edition, Pressed
from reports.models import Report
from reports.rendering import run
from reports.rendering.paper import edition_of
from reports.rendering.press import PressRefused, press_pdf
from reports.services.gathering import gather_evidence
from reports.services.keeping import open_report, request_report
from tests.reports.figures import long_gate
from tests.reports.papers import AS_OF, make_judgement, make_upgrade
from tests.reports.reading import text_of

pytestmark = pytest.mark.slow

EDITION = edition_of("en")


@pytest.fixture
def snapshot(db: None) -> Snapshot:
    """Return a small recorded judgement."""
    return make_judgement(make_upgrade(), gates=[long_gate(3)])


def requested(snapshot: Snapshot) -> Job:
    return request_report(snapshot=snapshot, edition=EDITION)


def quick(html: str, *, identifier: str) -> Pressed:
    return Pressed(f"%PDF-1.7 {identifier} {len(html)}".encode(), 7)


def refuse(html: str, *, identifier: str) -> Pressed:
    raise PressRefused(f"The report {identifier[:0]}took too long.")


class TestRunRender:
    def test_prints_and_keeps_the_report(self, snapshot: Snapshot) -> None:
        job = requested(snapshot)
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.DONE, "")
        assert (job.progress_done, job.progress_due) == (run.STEPS, run.STEPS)
        report = Report.objects.get()
        assert (report.snapshot, report.template_version) == (snapshot, EDITION.version)
        html = run.render_html(gather_evidence(snapshot=snapshot), edition=EDITION)
        identifier = run.identifier_of(snapshot, edition=EDITION)
        assert open_report(report=report) == press_pdf(html, identifier=identifier).pdf

    def test_keeps_one_report_when_done_twice(
        self, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "press_pdf", quick)
        job = requested(snapshot)
        for _ in range(2):
            run.run_render(job, moment=AS_OF)
        assert Report.objects.count() == 1

    def test_prints_in_the_language_of_who_asked(
        self, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        printed: list[str] = []

        def read(html: str, *, identifier: str) -> Pressed:
            printed.append(html)
            return quick(html, identifier=identifier)

        monkeypatch.setattr(run, "press_pdf", read)
        job = request_report(snapshot=snapshot, edition=edition_of("de"))
        run.run_render(job, moment=AS_OF)
        assert '<html lang="de"' in printed[0]
        assert "13. Juli 2026" in printed[0]
        assert get_language() == "en"
        assert Report.objects.get().language == "de"
        run.run_render(requested(snapshot), moment=AS_OF)
        assert '<html lang="en"' in printed[1]
        assert {report.language for report in Report.objects.all()} == {"de", "en"}

    def test_tells_the_reader_why_it_was_stopped(
        self, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(run, "press_pdf", refuse)
        job = requested(snapshot)
        run_job(job.pk)
        job.refresh_from_db()
        assert (job.state, job.error) == (JobState.FAILED, "The report took too long.")
        with pytest.raises(JobRefused):
            run.run_render(job, moment=AS_OF)


class TestRenderHtml:
    @pytest.mark.django_db
    def test_speaks_the_language_of_the_edition_through_and_through(self) -> None:
        snapshot = make_judgement(make_upgrade(), gates=built_in_policy().gates[3:4])
        html = run.render_html(gather_evidence(snapshot=snapshot), edition=edition_of("de"))
        pdf = press_pdf(html, identifier="0" * 32).pdf
        text = text_of(pdf)
        assert "Seite 1 von" in text
        assert "Angenommene Risiken" in text
        for english in (" criteria ", "Criterion", "Accepted", "Nobody", " of "):
            assert english not in text, english
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            assert str(opened.Root.Lang) == "de"


class TestIdentifierOf:
    def test_is_fixed_by_the_judgement_and_the_paper(self, snapshot: Snapshot) -> None:
        first = run.identifier_of(snapshot, edition=Edition("en", "1"))
        assert first == run.identifier_of(snapshot, edition=Edition("en", "1"))
        assert first != run.identifier_of(snapshot, edition=Edition("en", "2"))
        assert first != run.identifier_of(snapshot, edition=Edition("de", "1"))
        assert len(bytes.fromhex(first)) == 32
