from datetime import timedelta

import pytest

from reports.models import Report
from reports.services.keeping import keep_report
from tests.reports.papers import AS_OF, make_judgement, make_upgrade

PDF = b"%PDF-1.7 a report"


@pytest.mark.django_db
class TestReportQuerySet:
    def test_finds_reports_by_judgement_version_and_age(self) -> None:
        project = make_upgrade()
        old = make_judgement(project, as_of=AS_OF - timedelta(days=9))
        new = make_judgement(project)
        first, second, third = (
            keep_report(
                snapshot=snapshot, template_version=version, pdf=PDF, pages=7, requested_by=None
            )
            for snapshot, version in ((old, "1"), (new, "1"), (new, "2"))
        )
        reports = Report.objects
        assert list(reports.of_snapshot(new, template_version="1")) == [second]
        assert list(reports.before(new)) == [first]
        assert list(reports.newest_first()) == [third, second, first]
