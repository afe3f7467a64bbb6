"""Scenarios in scope, tested, passed and old."""

from datetime import timedelta

import pytest

from tests.factories import RUN_AT, make_change, make_process, make_project, make_run, make_scenario
from uat.models import Scenario
from uat.services.changes import refresh_changed
from uat.services.executions import refresh_latest

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestScenarioQuerySet:
    def test_leaves_out_what_is_out_of_scope_itself_or_with_its_process(self) -> None:
        project = make_project()
        kept = [
            make_scenario(project=project),
            make_scenario(project=project, process=make_process(project=project)),
        ]
        make_scenario(project=project, in_scope=False)
        outside = make_process(project=project, in_scope=False)
        make_scenario(project=project, process=outside)
        assert list(Scenario.objects.in_scope().order_by("pk")) == kept

    def test_tells_tested_passed_old_and_untested_apart(self) -> None:
        project = make_project()
        process = make_process(project=project)
        passed, failed, blocked, never = (make_scenario(project=project) for _ in range(4))
        old, halted = (make_scenario(project=project, process=process) for _ in range(2))
        for scenario in (passed, old):
            make_run(scenario=scenario)
        make_run(scenario=failed, result="FAILED")
        for scenario in (blocked, halted):
            make_run(scenario=scenario, result="BLOCKED")
        make_change(project=project, process=process, changed_at=RUN_AT + timedelta(seconds=1))
        refresh_latest(project_id=project.pk)
        refresh_changed(project_id=project.pk)
        assert set(Scenario.objects.tested()) == {passed, failed}
        assert set(Scenario.objects.passed()) == {passed}
        assert set(Scenario.objects.passed_before_change()) == {old}
        assert set(Scenario.objects.failed()) == {failed}
        assert set(Scenario.objects.blocked()) == {blocked}
        assert set(Scenario.objects.changed_since()) == {old, halted}
        assert set(Scenario.objects.untested()) == {blocked, never, old, halted}
        assert set(Scenario.objects.unpassed()) == {failed, blocked, never, old, halted}
        assert set(Scenario.objects.unrun()) == {never}
        assert set(Scenario.objects.failed_first()) == {failed}

    def test_knows_what_is_described_incompletely(self) -> None:
        project = make_project()
        told = {"entry_criteria": "Ready", "steps": "Do", "expected_result": "Done"}
        process = make_process(project=project)
        make_scenario(project=project, process=process, **told)
        gaps = {
            make_scenario(project=project, **told),
            *(
                make_scenario(project=project, process=process, **(told | {name: ""}))
                for name in told
            ),
        }
        assert set(Scenario.objects.incomplete()) == gaps
