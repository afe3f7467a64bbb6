"""What is designed, run and passed, over what is in scope."""

from datetime import timedelta

import pytest

from governance.choices import Affiliation, Criticality, ProcessLevel
from governance.models import BusinessProcess, Project
from tests.factories import RUN_AT, make_change, make_process, make_project, make_run, make_scenario
from tests.measuring import count_of, share_of
from uat.choices import ScenarioClass

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def process(project: Project) -> BusinessProcess:
    return make_process(project=project, criticality=Criticality.CRITICAL)


class TestPutCoverage:
    def test_takes_scope_as_the_denominator(self, project: Project) -> None:
        make_run(scenario=make_scenario(project=project))
        make_scenario(project=project)
        make_scenario(project=project, in_scope=False)
        outside = make_process(project=project, in_scope=False)
        make_run(scenario=make_scenario(project=project, process=outside))
        assert share_of(project, "uat.exec_pct") == (1, 2)
        assert share_of(project, "uat.pass_pct") == (1, 2)

    @pytest.mark.parametrize("affiliation", [Affiliation.PARTNER, Affiliation.UNKNOWN])
    def test_never_counts_a_run_by_others(self, project: Project, affiliation: str) -> None:
        make_run(scenario=make_scenario(project=project), affiliation=affiliation)
        assert share_of(project, "uat.exec_pct") == (0, 1)

    @pytest.mark.parametrize(
        ("result", "tested", "passed"),
        [("PASSED", 1, 1), ("PASSED_WITH_COMMENTS", 1, 1), ("FAILED", 1, 0), ("BLOCKED", 0, 0)],
    )
    def test_counts_the_newest_result(
        self, project: Project, result: str, tested: int, passed: int
    ) -> None:
        scenario = make_scenario(project=project)
        make_run(scenario=scenario, result="PASSED", executed_at=RUN_AT - DAY)
        make_run(scenario=scenario, result=result)
        assert share_of(project, "uat.exec_pct") == (tested, 1)
        assert share_of(project, "uat.pass_pct") == (passed, 1)

    @pytest.mark.parametrize(
        ("changed_at", "counted"), [(RUN_AT, 1), (RUN_AT + timedelta(seconds=1), 0)]
    )
    def test_does_not_count_a_run_older_than_the_last_change(
        self, project: Project, process: BusinessProcess, changed_at: object, counted: int
    ) -> None:
        make_run(scenario=make_scenario(project=project, process=process))
        make_change(project=project, process=process, changed_at=changed_at)
        assert share_of(project, "uat.exec_pct") == (counted, 1)
        assert share_of(project, "uat.pass_pct", process_id=process.pk) == (counted, 1)
        assert share_of(project, "uat.stale_pass_pct") == (1 - counted, 1)

    def test_takes_first_failures_over_what_was_ever_run(self, project: Project) -> None:
        mended = make_scenario(project=project)
        make_run(scenario=mended, result="FAILED", executed_at=RUN_AT - DAY)
        make_run(scenario=mended)
        make_run(scenario=make_scenario(project=project))
        make_scenario(project=project)
        assert share_of(project, "uat.first_fail_pct") == (1, 2)

    def test_asks_for_process_and_all_three_texts(
        self, project: Project, process: BusinessProcess
    ) -> None:
        make_scenario(project=project, process=process)
        make_scenario(project=project)
        for missing in ("entry_criteria", "steps", "expected_result"):
            make_scenario(project=project, process=process, **{missing: ""})
        assert share_of(project, "uat.case_complete_pct") == (1, 5)

    def test_asks_a_scenario_of_each_lowest_process_in_scope(
        self, project: Project, process: BusinessProcess
    ) -> None:
        areas = [
            make_process(project=project, parent=process, level=ProcessLevel.AREA) for _ in range(2)
        ]
        make_process(project=project, parent=process, in_scope=False)
        make_scenario(project=project, process=areas[0])
        make_scenario(project=project, process=areas[1], in_scope=False)
        make_scenario(project=project, process=process)
        assert share_of(project, "uat.design_cov_pct") == (1, 2)


class TestOfCriticalProcesses:
    @pytest.mark.parametrize(("exceptions", "filled"), [(0, 0), (1, 0), (2, 1), (3, 1), (4, 1)])
    def test_asks_two_exceptions_and_one_of_each_other_class(
        self, project: Project, process: BusinessProcess, exceptions: int, filled: int
    ) -> None:
        for name in (ScenarioClass.REVERSAL, ScenarioClass.EDGE, ScenarioClass.REPORT):
            make_scenario(project=project, process=process, scenario_class=name)
        for _ in range(exceptions):
            make_scenario(project=project, process=process, scenario_class=ScenarioClass.EXCEPTION)
        assert count_of(project, "uat.class_min") == (filled, 1)

    def test_finds_the_critical_process_without_any_scenario(
        self, project: Project, process: BusinessProcess
    ) -> None:
        other = make_process(project=project, criticality=Criticality.CRITICAL)
        for name in ("EXCEPTION", "EXCEPTION", "REVERSAL", "EDGE", "REPORT"):
            make_scenario(project=project, process=other, scenario_class=name)
        assert count_of(project, "uat.class_min") == (0, 2)

    def test_lets_an_unclassified_scenario_fill_nothing(
        self, project: Project, process: BusinessProcess
    ) -> None:
        for _ in range(5):
            make_scenario(project=project, process=process, scenario_class="UNCLASSIFIED")
        assert count_of(project, "uat.class_min") == (0, 1)
        assert share_of(project, "uat.class_exec_pct") == (0, 0)

    def test_reports_the_least_run_class_of_the_critical_processes(
        self, project: Project, process: BusinessProcess
    ) -> None:
        easy = make_process(project=project)
        for name in ("EXCEPTION", "REVERSAL", "EDGE", "REPORT"):
            make_run(scenario=make_scenario(project=project, process=process, scenario_class=name))
            make_scenario(project=project, process=easy, scenario_class=name)
        for _ in range(2):
            make_scenario(project=project, process=process, scenario_class="EDGE")
        assert share_of(project, "uat.class_exec_pct") == (1, 3)

    def test_without_a_critical_process_there_is_nothing_to_measure(self, project: Project) -> None:
        make_scenario(project=project, process=make_process(project=project))
        assert count_of(project, "uat.class_min") == (0, 0)


class TestOfProcesses:
    def test_counts_what_lies_below_the_accountable_process(
        self, project: Project, process: BusinessProcess
    ) -> None:
        area = make_process(project=project, parent=process, accountable=process)
        make_run(scenario=make_scenario(project=project, process=area, scenario_class="REVERSAL"))
        make_scenario(project=project, process=process, scenario_class="REVERSAL")
        assert share_of(project, "uat.exec_pct", process_id=process.pk) == (1, 2)
        assert share_of(project, "heat.reversal", process_id=process.pk) == (1, 2)

    def test_shows_a_process_without_scenarios_as_nothing_of_nothing(
        self, project: Project, process: BusinessProcess
    ) -> None:
        for metric in ("uat.exec_pct", "heat.happy", "heat.edge", "heat.report"):
            assert share_of(project, metric, process_id=process.pk) == (0, 0)
