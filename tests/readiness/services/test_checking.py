"""Kept columns that disagree with the facts are found, mended and told."""

import pytest

from governance.choices import Affiliation
from governance.models import Project, ProjectMark
from readiness.services.checking import check_kept_columns
from tests.factories import NOW, make_person, make_process, make_project
from training.models import Course, Standing, TrainingRecord
from training.services.standings import refresh_standings
from uat.models import Execution, Scenario
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db


def make_facts(project: Project) -> Scenario:
    """Write one passed run and one completed course, with their kept columns."""
    common = {"organisation_id": project.organisation_id, "project": project}
    person = make_person(project=project)
    scenario = Scenario.objects.create(
        **common, process=make_process(project=project), code="S1", title="Run"
    )
    Execution.objects.create(
        **common,
        scenario=scenario,
        person=person,
        tester_name=person.name,
        affiliation=Affiliation.CLIENT,
        result="PASSED",
        executed_at=NOW,
        source="test",
        external_id="1",
    )
    course = Course.objects.create(**common, code="C1", name="Course")
    TrainingRecord.objects.create(
        **common,
        person=person,
        course=course,
        course_version="1",
        result="COMPLETED",
        happened_at=NOW,
        source="test",
        external_id="1",
    )
    refresh_latest(project_id=project.pk)
    refresh_standings(project_id=project.pk)
    return scenario


class TestCheckKeptColumns:
    def test_finds_nothing_where_all_is_in_step(self) -> None:
        project = make_project()
        make_facts(project)
        before = ProjectMark.objects.get(project=project).version
        assert check_kept_columns() == []
        assert ProjectMark.objects.get(project=project).version == before

    def test_mends_a_result_somebody_painted_green(self, caplog: pytest.LogCaptureFixture) -> None:
        project, other = make_project(), make_project()
        scenario = make_facts(project)
        make_facts(other)
        Scenario.objects.filter(pk=scenario.pk).update(latest_result="FAILED")
        before = ProjectMark.objects.get(project=project).version
        assert check_kept_columns() == [project.pk]
        scenario.refresh_from_db()
        assert scenario.latest_result == "PASSED"
        assert ProjectMark.objects.get(project=project).version > before
        assert "out of step" in caplog.text

    def test_mends_a_standing_that_no_record_supports(self) -> None:
        project = make_project()
        make_facts(project)
        Standing.objects.filter(project=project).update(passed_at=NOW)
        assert check_kept_columns(project_ids=[project.pk]) == [project.pk]
        assert Standing.objects.get(project=project).passed_at is None

    def test_ends_a_standing_that_no_record_holds(self) -> None:
        project = make_project()
        make_facts(project)
        stray = Standing.objects.get(project=project)
        stray.pk, stray.person = None, make_person(project=project)
        stray.save()
        assert check_kept_columns(project_ids=[project.pk]) == [project.pk]
        assert Standing.objects.filter(project=project).count() == 1
        assert check_kept_columns(project_ids=[project.pk]) == []

    def test_leaves_closed_projects_alone(self) -> None:
        project = make_project(phase="CLOSED")
        scenario = make_facts(project)
        Scenario.objects.filter(pk=scenario.pk).update(latest_result="FAILED")
        assert check_kept_columns() == []
