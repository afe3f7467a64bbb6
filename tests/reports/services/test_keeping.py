import hashlib
from pathlib import Path

import pytest
from pytest_django import Settings

from governance.choices import JobState
from governance.models import Job
from reports.choices import Edition
from reports.models import Report
from reports.services.keeping import ReportRefused, jobs_of, open_report, request_report
from tests.people import make_cast
from tests.reports.papers import PDF, kept, make_judgement, make_upgrade

EDITION = Edition("en", "1")


@pytest.fixture
def report(db: None) -> Report:
    """Return a kept report."""
    return kept(make_judgement(make_upgrade()))


@pytest.mark.django_db
class TestRequestReport:
    def test_writes_one_job_however_often_it_is_asked(self) -> None:
        cast = make_cast()
        snapshot = make_judgement(cast.project)
        first, second = (
            request_report(snapshot=snapshot, edition=EDITION, requested_by=cast.sponsor)
            for _ in range(2)
        )
        assert first == second
        assert (first.kind, first.actor, first.project) == ("render", cast.sponsor, cast.project)
        assert first.payload == {"snapshot": str(snapshot.public_id), "language": "en"}

    def test_tries_again_after_a_job_failed_for_good(self) -> None:
        snapshot = make_judgement(make_upgrade())
        first = request_report(snapshot=snapshot, edition=EDITION)
        Job.objects.filter(pk=first.pk).update(state=JobState.FAILED)
        second = request_report(snapshot=snapshot, edition=EDITION)
        assert second != first
        assert list(jobs_of(snapshot, language="en")) == [first, second]

    def test_prints_anew_for_a_new_version_of_the_paper(self) -> None:
        snapshot = make_judgement(make_upgrade())
        first = request_report(snapshot=snapshot, edition=EDITION)
        newer = Edition("en", "2")
        assert request_report(snapshot=snapshot, edition=newer) != first

    def test_prints_once_in_each_language(self) -> None:
        snapshot = make_judgement(make_upgrade())
        first, german = (
            request_report(snapshot=snapshot, edition=Edition(language, "1"))
            for language in ("en", "de")
        )
        assert first != german
        assert german.payload["language"] == "de"
        assert list(jobs_of(snapshot, language="de")) == [german]


@pytest.mark.django_db
class TestKeepReport:
    def test_keeps_the_bytes_with_their_hash(self, report: Report) -> None:
        assert report.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (report.pages, report.size) == (7, len(PDF))
        assert Path(str(report.content.name)).parts[0] == "reports"

    @pytest.mark.both_engines
    @pytest.mark.parametrize("pdf", [PDF, b"%PDF-1.7 another"])
    def test_keeps_the_first_one_for_good(
        self, settings: Settings, tmp_path: Path, pdf: bytes
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        report = kept(make_judgement(make_upgrade()))
        again = kept(report.snapshot, pdf=pdf)
        assert again == report
        assert [path for path in tmp_path.rglob("*") if path.is_file()] == [
            Path(report.content.path)
        ]
        assert open_report(report=again) == PDF
        assert Report.objects.count() == 1


@pytest.mark.django_db
class TestOpenReport:
    def test_gives_out_what_was_kept(self, report: Report) -> None:
        assert open_report(report=report) == PDF

    def test_refuses_a_file_that_was_changed(self, report: Report) -> None:
        Path(report.content.path).write_bytes(PDF + b" and more")
        with pytest.raises(ReportRefused, match="was changed"):
            open_report(report=report)

    def test_refuses_when_the_file_is_gone(self, report: Report) -> None:
        Path(report.content.path).unlink()
        with pytest.raises(ReportRefused, match="is missing"):
            open_report(report=report)
