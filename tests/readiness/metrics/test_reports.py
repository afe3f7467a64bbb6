"""What people and other systems reported."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from governance.models import Project
from governance.readings import ReadingKind
from readiness.choices import ReportedColour
from readiness.metrics import measure_reports, reported_colours
from readiness.models import ReportedReading, ReportedStatus
from readiness.policy.terms import PROJECT_ITEM
from tests.factories import NOW, RUN_AT, make_process, make_project, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def project() -> Project:
    return make_project()


def _report(project: Project, *, at: datetime = RUN_AT, **fields: object) -> None:
    fields = {"metric": "sit.exec_pct", "ttl_days": 7, "recorded_at": at} | fields
    ReportedReading.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        source_system="Tracker",
        reporter=make_user(organisation=project.organisation),
        reported_at=at,
        **fields,
    )


def _colour(project: Project, colour: str, *, gate: str = "", at: datetime = RUN_AT) -> None:
    ReportedStatus.objects.create(
        organisation_id=project.organisation_id,
        project=project,
        gate_key=gate,
        colour=colour,
        reporter_name="Somebody",
        reported_at=at,
        recorded_at=at,
        source="test",
    )


class TestMeasureReports:
    def test_reads_a_share_with_the_moment_it_stops_counting(self, project: Project) -> None:
        _report(project, done=3, due=4)
        readings = measure_reports(project_ids=[project.pk], as_of=NOW)
        reading = readings.get(project.pk, "sit.exec_pct")
        assert reading is not None
        assert (reading.kind, reading.share) == (ReadingKind.SHARE, Decimal(75))
        assert reading.expires_at == RUN_AT + timedelta(days=7)
        assert (reading.as_of, reading.source) == (RUN_AT, "Tracker")

    def test_reads_a_value_of_one_row(self, project: Project) -> None:
        _report(project, value=Decimal("2.5"))
        reading = measure_reports(project_ids=[project.pk], as_of=NOW).get(
            project.pk, "sit.exec_pct"
        )
        assert reading is not None
        assert (reading.measured, reading.population) == (Decimal("2.5"), 1)

    def test_takes_the_newest_that_was_known(self, project: Project) -> None:
        _report(project, done=1, due=4)
        _report(project, done=2, due=4, at=RUN_AT + timedelta(days=1))
        _report(project, done=3, due=4, at=NOW + timedelta(seconds=1))
        _report(project, done=4, due=4, at=NOW, recorded_at=NOW + timedelta(seconds=1))
        reading = measure_reports(project_ids=[project.pk], as_of=NOW).get(
            project.pk, "sit.exec_pct"
        )
        assert reading is not None
        assert reading.done == 2

    def test_keeps_processes_apart(self, project: Project) -> None:
        process = make_process(project=project)
        _report(project, done=1, due=4, process=process)
        readings = measure_reports(project_ids=[project.pk], as_of=NOW)
        assert readings.get(project.pk, "sit.exec_pct") is None
        assert readings.get(project.pk, "sit.exec_pct", process.pk) is not None


class TestReportedColours:
    def test_returns_the_newest_of_the_project_and_of_each_gate(self, project: Project) -> None:
        _colour(project, ReportedColour.RED)
        _colour(project, ReportedColour.GREEN, at=RUN_AT + timedelta(days=1))
        _colour(project, ReportedColour.AMBER, gate="G3")
        _colour(project, ReportedColour.RED, gate="G3", at=NOW + timedelta(seconds=1))
        found = reported_colours(project_ids=[project.pk], as_of=NOW)
        assert found == {
            project.pk: {PROJECT_ITEM: ReportedColour.GREEN, "G3": ReportedColour.AMBER}
        }

    def test_knows_nothing_of_a_silent_project(self, project: Project) -> None:
        assert reported_colours(project_ids=[project.pk], as_of=NOW) == {}
