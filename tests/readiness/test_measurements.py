"""Everything measured together: two ways to read the same facts, one answer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Person, Project
from governance.readings import ReadingKind, Readings
from readiness.measurements import take_readings
from readiness.models import ReportedReading
from tests.factories import NOW, make_policy, make_project, make_record, make_run, make_user
from tests.histories import LAST, History, mark_at, refresh_everything
from training.models import Course
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
LATER = NOW + timedelta(days=2)


def _read(project: Project) -> Readings:
    return take_readings(project_ids=[project.pk], as_of=NOW)


class TestTakeReadings:
    @pytest.mark.parametrize("seed", range(12))
    def test_reads_the_same_from_kept_columns_and_from_dated_rows(self, seed: int) -> None:
        project = History(seed=seed).write()
        mark_at(project, LAST)
        kept = _read(project)
        mark_at(project, LATER)
        assert _read(project) == kept

    @pytest.mark.parametrize("seed", range(4))
    @pytest.mark.parametrize("recorded_at", [NOW - timedelta(hours=1), LATER])
    def test_knows_nothing_of_what_happened_later(self, seed: int, recorded_at: object) -> None:
        history = History(seed=seed)
        project = history.write()
        mark_at(project, LAST)
        before = _read(project)
        for scenario in Scenario.objects.all():
            make_run(scenario=scenario, executed_at=LATER, recorded_at=recorded_at)
        person = Person.objects.first()
        assert person is not None
        for course in Course.objects.all():
            make_record(person=person, course=course, happened_at=LATER, recorded_at=recorded_at)
        refresh_everything(project)
        for marked_at in (LAST, LATER):
            mark_at(project, marked_at)
            assert _read(project) == before

    @pytest.mark.parametrize("seed", range(4))
    def test_knows_nothing_of_what_was_written_down_later(self, seed: int) -> None:
        project = History(seed=seed).write()
        mark_at(project, LAST)
        before = _read(project)
        for scenario in Scenario.objects.all():
            make_run(scenario=scenario, executed_at=LAST, recorded_at=LATER)
        refresh_everything(project)
        mark_at(project, LATER)
        assert _read(project) == before

    def test_reads_many_projects_as_it_reads_each(self) -> None:
        projects = [History(seed=seed).write() for seed in range(3)]
        for project, moment in zip(projects, (LAST, LATER, LAST), strict=True):
            mark_at(project, moment)
        together = take_readings(project_ids=[project.pk for project in projects], as_of=NOW)
        for project in projects:
            assert together.by_project[project.pk] == _read(project).by_project[project.pk]

    def test_reads_an_empty_project_as_nothing_to_measure(self) -> None:
        project = make_project()
        for moment in (NOW, LATER):
            mark_at(project, moment)
            for reading in _read(project).of_project(project.pk).values():
                assert reading.population == 0 or reading.kind == ReadingKind.YES_NO
                assert not reading.done
                assert not reading.value

    def test_of_no_projects_reads_nothing(self) -> None:
        assert take_readings(project_ids=[], as_of=NOW).by_project == {}

    def test_asks_no_more_of_more_projects(self) -> None:
        projects = [History(seed=seed).write() for seed in range(3)]
        for project in projects:
            mark_at(project, LAST)
        asked = []
        for some in (projects[:1], projects):
            with CaptureQueriesContext(connection) as queries:
                take_readings(project_ids=[project.pk for project in some], as_of=NOW)
            asked.append(len(queries))
        assert asked[0] == asked[1]

    def test_leaves_to_people_what_an_older_policy_has_reported(self) -> None:
        project = make_project()
        metrics = ("gov.raci_pct", "esc.overdue", "dep.fresh_pct")
        asked = [{"metric": metric, "origin": "REPORTED"} for metric in metrics]
        make_policy(project=project, criteria=asked)
        found = _read(project)
        assert [found.get(project.pk, metric) for metric in metrics] == [None, None, None]
        assert found.get(project.pk, "gov.charter_signed") is not None
        ReportedReading.objects.create(
            organisation_id=project.organisation_id,
            project=project,
            metric="gov.raci_pct",
            done=3,
            due=8,
            source_system="a list",
            reporter=make_user(organisation=project.organisation),
            reported_at=NOW - timedelta(days=1),
            recorded_at=NOW - timedelta(days=1),
            ttl_days=30,
        )
        read = _read(project).get(project.pk, "gov.raci_pct")
        assert read is not None
        assert (read.done, read.due) == (3, 8)
