import pytest
from django.db import DatabaseError, IntegrityError, transaction

from reports.models import Report
from reports.services.keeping import keep_report
from tests.reports.papers import make_judgement, make_upgrade

PDF = b"%PDF-1.7 a report"


def make_report() -> Report:
    return keep_report(
        snapshot=make_judgement(make_upgrade()),
        template_version="1",
        pdf=PDF,
        pages=7,
        requested_by=None,
    )


@pytest.mark.django_db
@pytest.mark.both_engines
class TestReport:
    def test_is_named_by_its_snapshot_and_version(self) -> None:
        report = make_report()
        assert str(report) == f"{report.snapshot_id} 1"

    def test_is_printed_once_a_version(self) -> None:
        report = make_report()
        with pytest.raises(IntegrityError, match=r"UNIQUE|a_snapshot_is_printed_once_a_version"):
            Report.objects.create(
                organisation_id=report.organisation_id,
                project_id=report.project_id,
                snapshot=report.snapshot,
                template_version="1",
                sha256="0" * 64,
                pages=1,
                size=1,
                content="x.pdf",
            )

    @pytest.mark.parametrize("change", ["update", "delete"])
    def test_is_never_changed_or_deleted(self, change: str) -> None:
        rows = Report.objects.filter(pk=make_report().pk)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rows.update(pages=1) if change == "update" else rows.delete()
