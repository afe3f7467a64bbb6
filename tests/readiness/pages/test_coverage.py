"""What a process has to show: each scenario counted once, where it stands for the business."""

from datetime import timedelta

import pytest

from readiness.pages.coverage import ClassRow, class_rows, partner_runs
from tests.factories import RUN_AT, make_change, make_process, make_project, make_run, make_scenario
from uat.choices import ScenarioClass
from uat.models import Scenario
from uat.services.changes import refresh_changed
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.django_db


class TestClassRows:
    def test_count_each_scenario_where_it_stands_and_all_of_them_last(self) -> None:
        project = make_project()
        process = make_process(project=project)
        fresh = RUN_AT + timedelta(hours=2)
        for result in ("PASSED", "PASSED_WITH_COMMENTS", "FAILED", "BLOCKED"):
            scenario = make_scenario(project=project, process=process)
            make_run(scenario=scenario, result=result, executed_at=fresh)
        make_run(scenario=make_scenario(project=project, process=process))
        reversal = make_scenario(project=project, process=process, scenario_class="REVERSAL")
        make_run(scenario=reversal, affiliation="PARTNER")
        make_scenario(project=project, process=process, in_scope=False)
        refresh_latest(project_id=project.pk)
        make_change(project=project, changed_at=RUN_AT + timedelta(hours=1))
        refresh_changed(project_id=project.pk)
        by_class, partners = partner_runs(process)
        happy, reverse, together = class_rows(process, partner=by_class)
        assert (happy.due, happy.passed, happy.failed, happy.blocked, happy.old) == (5, 2, 1, 1, 1)
        assert (happy.tested, happy.not_run, happy.partner_runs) == (3, 0, 0)
        assert (reverse.kind, reverse.not_run, reverse.partner_runs) == ("REVERSAL", 1, 1)
        assert (together.due, together.tested, together.partner_runs) == (6, 3, 1)
        assert [(row.organisation, row.runs) for row in partners] == [
            ("Somebody outside the business", 1)
        ]

    def test_show_nothing_but_the_sum_of_an_empty_process(self) -> None:
        process = make_process(project=make_project())
        by_class, partners = partner_runs(process)
        (together,) = class_rows(process, partner=by_class)
        assert (together.due, partners) == (0, [])


class TestClassRow:
    @pytest.mark.parametrize("kind", ScenarioClass.values)
    def test_leaves_a_scenario_that_was_never_run_untested(self, kind: str) -> None:
        row = ClassRow(kind)
        row.count(Scenario(scenario_class=kind))
        assert (row.due, row.tested, row.not_run) == (1, 0, 1)
