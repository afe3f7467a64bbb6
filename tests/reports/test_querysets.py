from datetime import timedelta

import pytest

from reports.choices import Edition
from reports.models import Report
from tests.reports.papers import AS_OF, kept, make_judgement, make_upgrade


@pytest.mark.django_db
class TestReportQuerySet:
    def test_finds_reports_by_judgement_version_and_age(self) -> None:
        project = make_upgrade()
        old = make_judgement(project, as_of=AS_OF - timedelta(days=9))
        new = make_judgement(project)
        first, second, third = (
            kept(snapshot, version=version)
            for snapshot, version in ((old, "1"), (new, "1"), (new, "2"))
        )
        reports = Report.objects
        german = kept(new, version="1", language="de")
        assert list(reports.of_snapshot(new)) == [second, third, german]
        assert list(reports.of_snapshot(new).in_edition(Edition("en", "1"))) == [second]
        assert list(reports.before(new)) == [first]
        assert list(reports.newest_first()) == [german, third, second, first]
