import hashlib
from pathlib import Path

import pytest

from governance.choices import JobState
from governance.models import Job
from reports.models import Report
from reports.services.keeping import (
    ReportRefused,
    jobs_of,
    keep_report,
    open_report,
    request_report,
)
from tests.people import make_cast
from tests.reports.papers import make_judgement, make_upgrade

PDF = b"%PDF-1.7 a report"


@pytest.fixture
def report(db: None) -> Report:
    """Return a kept report."""
    return keep_report(
        snapshot=make_judgement(make_upgrade()),
        template_version="1",
        pdf=PDF,
        pages=7,
        requested_by=None,
    )


@pytest.mark.django_db
class TestRequestReport:
    def test_writes_one_job_however_often_it_is_asked(self) -> None:
        cast = make_cast()
        snapshot = make_judgement(cast.project)
        first, second = (
            request_report(snapshot=snapshot, template_version="1", requested_by=cast.sponsor)
            for _ in range(2)
        )
        assert first == second
        assert (first.kind, first.actor, first.project) == ("render", cast.sponsor, cast.project)
        assert first.payload == {"snapshot": str(snapshot.public_id)}

    def test_tries_again_after_a_job_failed_for_good(self) -> None:
        snapshot = make_judgement(make_upgrade())
        first = request_report(snapshot=snapshot, template_version="1")
        Job.objects.filter(pk=first.pk).update(state=JobState.FAILED)
        second = request_report(snapshot=snapshot, template_version="1")
        assert second != first
        assert list(jobs_of(snapshot)) == [first, second]

    def test_prints_anew_for_a_new_version_of_the_paper(self) -> None:
        snapshot = make_judgement(make_upgrade())
        first = request_report(snapshot=snapshot, template_version="1")
        assert request_report(snapshot=snapshot, template_version="2") != first


@pytest.mark.django_db
class TestKeepReport:
    def test_keeps_the_bytes_with_their_hash(self, report: Report) -> None:
        assert report.sha256 == hashlib.sha256(PDF).hexdigest()
        assert (report.pages, report.size) == (7, len(PDF))
        assert Path(str(report.content.name)).parts[0] == "reports"

    @pytest.mark.both_engines
    def test_keeps_the_first_one_for_good(self, report: Report) -> None:
        again = keep_report(
            snapshot=report.snapshot,
            template_version="1",
            pdf=b"%PDF-1.7 another",
            pages=8,
            requested_by=None,
        )
        assert again == report
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
