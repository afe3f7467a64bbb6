"""Runs, and the newest of them that each scenario keeps."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

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
from uat.models import Execution, Scenario, StepResult
from uat.services.executions import (
    ExecutionRefused,
    RunDetails,
    StepDetails,
    check_latest,
    record_execution,
    refresh_latest,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
PASS = RunDetails(result="PASSED", executed_at=RUN_AT)


def run_of(*results: str, result: str = "", comment: str = "", same: bool = False) -> RunDetails:
    """Return a run whose steps ended so; `same`: as if all were the first one."""
    steps = tuple(
        StepDetails(number=1 if same else number, result=each, comment=comment)
        for number, each in enumerate(results, start=1)
    )
    return RunDetails(result=result, executed_at=RUN_AT, steps=steps)


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
            (RunDetails(executed_at=RUN_AT), "how the run ended"),
            (RunDetails(result="PASSED", executed_at=RUN_AT, evidence="x" * 501), "fewer words"),
            (run_of("FAILED", result="PASSED"), "has not passed"),
            (run_of("FAILED"), "went wrong"),
            (run_of("GREEN"), "not a result of a step"),
            (run_of("PASSED", "PASSED", same=True), "there twice"),
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


class TestRecordSteps:
    def record(self, cast: Cast, run: RunDetails, *, steps: str) -> Execution:
        """Write a run of a scenario with these steps."""
        return record_execution(
            project=cast.project,
            scenario=make_scenario(project=cast.project, steps=steps),
            tester=cast.business_user,
            run=run,
            as_of=NOW,
        )

    @pytest.mark.parametrize(
        ("results", "comment", "result"),
        [
            (("PASSED", "PASSED"), "", "PASSED"),
            (("PASSED", "PASSED"), "Slow", "PASSED_WITH_COMMENTS"),
            (("PASSED", "FAILED"), "Wrong", "FAILED"),
            (("BLOCKED",), "No right", "BLOCKED"),
        ],
    )
    def test_takes_the_result_from_them(
        self, cast: Cast, results: tuple[str, ...], comment: str, result: str
    ) -> None:
        run = self.record(cast, run_of(*results, comment=comment), steps="Call\nKey in")
        assert run.result == result

    def test_keeps_them_in_the_words_of_the_scenario(self, cast: Cast) -> None:
        steps = (
            StepDetails(number=1, result="PASSED"),
            StepDetails(number=2, result="BLOCKED", comment="No right", instruction="As we do it"),
            StepDetails(number=9, result="PASSED"),
        )
        run = self.record(cast, RunDetails(executed_at=RUN_AT, steps=steps), steps="Call\nKey in")
        assert run.comment == "Step 2: No right"
        rows = StepResult.objects.filter(execution=run).order_by("number")
        assert [row.instruction for row in rows] == ["Call", "As we do it", ""]
        assert str(rows[1]) == "2 BLOCKED"

    def test_leaves_a_run_open_of_which_steps_are_missing(self, cast: Cast) -> None:
        with pytest.raises(ExecutionRefused, match="how the run ended"):
            self.record(cast, run_of("PASSED"), steps="Call\nKey in")
        run = self.record(cast, run_of("PASSED", result="PASSED"), steps="Call\nKey in")
        assert run.result == "PASSED"

    def test_are_never_changed_or_taken_away(self, cast: Cast) -> None:
        run = self.record(cast, run_of("PASSED"), steps="Call")
        step = run.steps.get()
        for act in (lambda: StepResult.objects.update(result="FAILED"), step.delete):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                act()

    @pytest.mark.parametrize(
        ("fields", "name"),
        [
            ({"number": 1, "result": "PASSED"}, "a_step_ends_once_in_a_run"),
            ({"number": 2, "result": "PASSED_WITH_COMMENTS"}, "a_step_passes_fails_or_is_blocked"),
        ],
    )
    def test_are_refused_by_the_database(
        self, cast: Cast, fields: dict[str, Any], name: str
    ) -> None:
        run = self.record(cast, run_of("PASSED"), steps="Call")
        scope = {"organisation_id": run.organisation_id, "project_id": run.project_id}
        with pytest.raises(IntegrityError), transaction.atomic():
            StepResult.objects.create(**scope, execution=run, **fields)
        assert name in {each.name for each in StepResult._meta.constraints}


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
