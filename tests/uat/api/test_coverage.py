"""Coverage over REST says what the page says."""

import pytest

from tests.factories import make_process, make_run, make_scenario
from tests.people import make_cast
from tests.wire import Caller
from uat.services.executions import refresh_latest

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


class TestCoverage:
    def test_counts_by_process_and_class(self) -> None:
        cast = make_cast()
        process = make_process(project=cast.project, code="65")
        area = make_process(project=cast.project, code="65.10", accountable=process)
        for result in ("PASSED", "FAILED", "BLOCKED"):
            scenario = make_scenario(project=cast.project, process=area)
            make_run(scenario=scenario, result=result)
        make_scenario(project=cast.project, scenario_class="EDGE")
        make_scenario(project=cast.project, in_scope=False)
        make_scenario(project=cast.other_project)
        refresh_latest(project_id=cast.project.pk)
        where = f"projects/{cast.project.public_id}/coverage/"
        answer = Caller.of(cast.auditor).get(where).json()
        counts = {row.pop("process"): row for row in answer["results"]}
        assert counts == {
            None: {"scenario_class": "EDGE", "due": 1, "tested": 0, "passed": 0, "failed": 0},
            "65": {"scenario_class": "HAPPY_PATH", "due": 3, "tested": 2, "passed": 1, "failed": 1},
        }
