"""Runs, and the newest of them that each scenario keeps."""

from datetime import timedelta

import pytest

from governance.choices import Affiliation
from governance.models import ProjectMark
from tests.factories import (
    NOW,
    RUN_AT,
    make_change,
    make_defect,
    make_person,
    make_run,
    make_scenario,
)
from tests.people import Cast, make_cast
from uat.models import Execution, Scenario
from uat.services.executions import (
    ExecutionRefused,
    RunDetails,
    check_latest,
    record_execution,
    refresh_latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
PASS = RunDetails(result="PASSED", executed_at=RUN_AT)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def scenario(cast: Cast) -> Scenario:
    return make_scenario(project=cast.project)


class TestRecordExecution:
    def test_keeps_the_run_on_the_scenario_and_marks_the_project(
        self, cast: Cast, scenario: Scenario
    ) -> None:
        before = ProjectMark.objects.get(project=cast.project).version
        run = record_execution(
            project=cast.project, scenario=scenario, tester=cast.business_user, run=PASS, as_of=NOW
        )
        scenario.refresh_from_db()
        assert scenario.latest_execution == run
        assert (scenario.latest_result, scenario.first_result) == ("PASSED", "PASSED")
        assert scenario.latest_executed_at == RUN_AT
        assert ProjectMark.objects.get(project=cast.project).version > before

    def test_keeps_a_partners_run_and_does_not_count_it(
        self, cast: Cast, scenario: Scenario
    ) -> None:
        run = record_execution(
            project=cast.project, scenario=scenario, tester=cast.consultant, run=PASS, as_of=NOW
        )
        scenario.refresh_from_db()
        assert run.affiliation == Affiliation.PARTNER
        assert scenario.latest_execution is None
        assert scenario.latest_result == ""

    def test_knows_the_roster_entry_of_the_account(self, cast: Cast, scenario: Scenario) -> None:
        person = make_person(project=cast.project, account=cast.business_user)
        run = record_execution(
            project=cast.project, scenario=scenario, tester=cast.business_user, run=PASS, as_of=NOW
        )
        assert run.person == person

    def test_lets_a_run_happen_at_this_very_moment(self, cast: Cast, scenario: Scenario) -> None:
        run = RunDetails(result="PASSED", executed_at=NOW)
        record_execution(
            project=cast.project, scenario=scenario, tester=cast.business_user, run=run, as_of=NOW
        )
        assert Execution.objects.count() == 1

    @pytest.mark.parametrize(
        ("run", "says"),
        [
            (RunDetails(result="PASSED", executed_at=NOW + timedelta(seconds=1)), "future"),
            (RunDetails(result="GREEN", executed_at=RUN_AT), "not a result"),
            (RunDetails(result="FAILED", executed_at=RUN_AT, comment=" "), "went wrong"),
            (RunDetails(result="BLOCKED", executed_at=RUN_AT), "went wrong"),
        ],
    )
    def test_refuses_what_cannot_be(
        self, cast: Cast, scenario: Scenario, run: RunDetails, says: str
    ) -> None:
        with pytest.raises(ExecutionRefused, match=says):
            record_execution(
                project=cast.project,
                scenario=scenario,
                tester=cast.business_user,
                run=run,
                as_of=NOW,
            )
        assert not Execution.objects.exists()

    def test_refuses_another_projects_scenario(self, cast: Cast) -> None:
        foreign = make_scenario(project=cast.other_project)
        with pytest.raises(ExecutionRefused, match="another project"):
            record_execution(
                project=cast.project,
                scenario=foreign,
                tester=cast.business_user,
                run=PASS,
                as_of=NOW,
            )

    def test_refuses_another_clients_account(self, cast: Cast, scenario: Scenario) -> None:
        with pytest.raises(ExecutionRefused, match="another client"):
            record_execution(
                project=cast.project,
                scenario=scenario,
                tester=cast.other_sponsor,
                run=PASS,
                as_of=NOW,
            )


class TestRefreshLatest:
    def test_takes_the_newest_by_moment_then_by_id(self, scenario: Scenario) -> None:
        make_run(scenario=scenario, result="PASSED")
        last = make_run(scenario=scenario, result="FAILED")
        make_run(scenario=scenario, result="BLOCKED", executed_at=RUN_AT - timedelta(days=1))
        make_run(
            scenario=scenario,
            result="PASSED",
            executed_at=RUN_AT + timedelta(days=1),
            affiliation=Affiliation.PARTNER,
        )
        refresh_latest(project_id=scenario.project_id)
        scenario.refresh_from_db()
        assert scenario.latest_execution == last
        assert (scenario.first_result, scenario.latest_result) == ("BLOCKED", "FAILED")

    def test_touches_only_the_scenarios_asked_for(self, cast: Cast) -> None:
        one, other = (make_scenario(project=cast.project) for _ in range(2))
        make_run(scenario=one)
        make_run(scenario=other)
        assert refresh_latest(project_id=cast.project.pk, scenario_ids=[one.pk]) == 1
        other.refresh_from_db()
        assert other.latest_result == ""

    def test_asked_for_none_touches_none(self, scenario: Scenario) -> None:
        make_run(scenario=scenario)
        assert refresh_latest(project_id=scenario.project_id, scenario_ids=[]) == 0

    def test_twice_moves_nothing(self, scenario: Scenario) -> None:
        make_run(scenario=scenario)
        assert refresh_latest(project_id=scenario.project_id) == 1
        assert refresh_latest(project_id=scenario.project_id) == 0

    def test_takes_back_what_no_run_says(self, scenario: Scenario) -> None:
        Scenario.objects.filter(pk=scenario.pk).update(latest_result="PASSED")
        refresh_latest(project_id=scenario.project_id)
        scenario.refresh_from_db()
        assert scenario.latest_result == ""


class TestCheckLatest:
    def test_finds_nothing_where_all_is_in_step(self, scenario: Scenario) -> None:
        make_run(scenario=scenario)
        refresh_latest(project_id=scenario.project_id)
        assert not check_latest(project_ids=[scenario.project_id])

    def test_names_what_is_out_of_step(self, scenario: Scenario) -> None:
        make_run(scenario=scenario)
        changed = make_scenario(project=scenario.project)
        make_change(project=scenario.project)
        defect = make_defect(project=scenario.project)
        type(defect).objects.filter(pk=defect.pk).update(state="CLOSED")
        drift = check_latest(project_ids=[scenario.project_id])
        assert drift
        assert drift.scenarios == (scenario.pk, changed.pk)
        assert drift.defects == (defect.pk,)
