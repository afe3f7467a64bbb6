import pytest
from django.db import DatabaseError, IntegrityError, transaction

from reports.models import Report
from tests.reports.papers import kept, make_judgement, make_upgrade


def make_report() -> Report:
    return kept(make_judgement(make_upgrade()))


@pytest.mark.django_db
@pytest.mark.both_engines
class TestReport:
    def test_is_named_by_its_snapshot_and_version(self) -> None:
        report = make_report()
        assert str(report) == f"{report.snapshot_id} en 1"

    def test_is_printed_once_an_edition(self) -> None:
        report = make_report()
        with pytest.raises(IntegrityError, match=r"UNIQUE|a_snapshot_is_printed_once_an_edition"):
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
