"""Changes of the system, and how far down the process tree they reach."""

from datetime import timedelta

import pytest

from governance.choices import ProcessLevel
from governance.models import Project
from tests.factories import NOW, RUN_AT, make_change, make_process, make_project, make_scenario
from uat.models import Change, Scenario
from uat.services.changes import ChangeDetails, ChangeRefused, record_change, refresh_changed

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def project() -> Project:
    return make_project()


def _changed(scenario: Scenario) -> object:
    scenario.refresh_from_db()
    return scenario.changed_at


class TestRecordChange:
    def test_reaches_the_process_and_everything_below_it(self, project: Project) -> None:
        root = make_process(project=project)
        area = make_process(project=project, parent=root, level=ProcessLevel.AREA)
        leaf = make_process(project=project, parent=area, level=ProcessLevel.PROCESS)
        beside = make_process(project=project)
        below = [make_scenario(project=project, process=node) for node in (root, area, leaf)]
        others = [
            make_scenario(project=project, process=beside),
            make_scenario(project=project),
        ]
        change = ChangeDetails(build="2.0", changed_at=RUN_AT, process=root)
        record_change(project=project, change=change, as_of=NOW)
        assert {_changed(scenario) for scenario in below} == {RUN_AT}
        assert {_changed(scenario) for scenario in others} == {None}

    def test_without_a_process_reaches_everything(self, project: Project) -> None:
        scenarios = [
            make_scenario(project=project, process=make_process(project=project)),
            make_scenario(project=project),
        ]
        foreign = make_scenario(project=make_project())
        change = ChangeDetails(build="2.0", changed_at=RUN_AT)
        record_change(project=project, change=change, as_of=NOW)
        assert {_changed(scenario) for scenario in scenarios} == {RUN_AT}
        assert _changed(foreign) is None

    def test_refuses_a_change_in_the_future(self, project: Project) -> None:
        change = ChangeDetails(build="2.0", changed_at=NOW + timedelta(seconds=1))
        with pytest.raises(ChangeRefused, match="future"):
            record_change(project=project, change=change, as_of=NOW)

    def test_refuses_another_projects_process(self, project: Project) -> None:
        foreign = make_process(project=make_project())
        change = ChangeDetails(build="2.0", changed_at=RUN_AT, process=foreign)
        with pytest.raises(ChangeRefused, match="another project"):
            record_change(project=project, change=change, as_of=NOW)
        assert not Change.objects.exists()


class TestRefreshChanged:
    @pytest.mark.parametrize("own_first", [True, False])
    def test_takes_the_newest_of_what_reaches_a_scenario(
        self, project: Project, own_first: bool
    ) -> None:
        process = make_process(project=project)
        scenario = make_scenario(project=project, process=process)
        later = RUN_AT + timedelta(days=1)
        make_change(project=project, process=process, changed_at=RUN_AT if own_first else later)
        make_change(project=project, changed_at=later if own_first else RUN_AT)
        refresh_changed(project_id=project.pk)
        assert _changed(scenario) == later

    def test_ends_in_a_tree_with_a_loop(self, project: Project) -> None:
        one, other = (make_process(project=project) for _ in range(2))
        type(one).objects.filter(pk=one.pk).update(parent=other)
        type(one).objects.filter(pk=other.pk).update(parent=one)
        scenario = make_scenario(project=project, process=other)
        make_change(project=project, process=one)
        refresh_changed(project_id=project.pk)
        assert _changed(scenario) == RUN_AT


class TestAChangeOfOneScenario:
    def test_reaches_that_scenario_alone(self, project: Project) -> None:
        process = make_process(project=project)
        touched = make_scenario(project=project, process=process)
        beside = [make_scenario(project=project, process=process), make_scenario(project=project)]
        change = ChangeDetails(build="", changed_at=RUN_AT, scenario=touched)
        record_change(project=project, change=change, as_of=NOW)
        assert _changed(touched) == RUN_AT
        assert {_changed(scenario) for scenario in beside} == {None}

    @pytest.mark.parametrize("own_first", [True, False])
    def test_counts_where_it_is_the_newest(self, project: Project, own_first: bool) -> None:
        scenario = make_scenario(project=project)
        later = RUN_AT + timedelta(days=1)
        make_change(project=project, scenario=scenario, changed_at=RUN_AT if own_first else later)
        make_change(project=project, changed_at=later if own_first else RUN_AT)
        refresh_changed(project_id=project.pk)
        assert _changed(scenario) == later

    def test_refuses_another_projects_scenario(self, project: Project) -> None:
        foreign = make_scenario(project=make_project())
        change = ChangeDetails(build="", changed_at=RUN_AT, scenario=foreign)
        with pytest.raises(ChangeRefused, match="another project"):
            record_change(project=project, change=change, as_of=NOW)
