"""Scenarios, runs and defects in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import Affiliation
from governance.models import Project, User
from tests.factories import (
    NOW,
    RUN_AT,
    make_change,
    make_defect,
    make_process,
    make_run,
    make_scenario,
)
from tests.people import Cast, make_cast
from uat.choices import ExecutionResult, Severity
from uat.models import Execution, Scenario
from uat.services.changes import refresh_changed
from uat.services.executions import refresh_latest

ONCE = "abcdefghijklmnopqrstuv"


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    return reverse(f"uat:{name}", args=[row.public_id for row in (cast.project, *rows)])


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def record(client: Client, user: User, cast: Cast, scenario: Scenario, **fields: Any) -> Any:
    """Send the form of a run."""
    client.force_login(user)
    entered = {
        "result": "PASSED",
        "comment": "",
        "build": "1.6",
        "executed_at": "2026-06-01T08:30",
        "once": ONCE,
    }
    return client.post(address(cast, "run-add", scenario), entered | fields)


class TestListScenarios:
    @pytest.fixture
    def scenarios(self, cast: Cast) -> dict[str, Scenario]:
        """Return one scenario in each state, two of them of a process."""
        process = make_process(project=cast.project, name="Order to cash")
        part = make_process(project=cast.project, accountable=process)
        found = {
            name: make_scenario(project=cast.project, code=name, process=process)
            for name in ("PASSES", "FAILS", "BLOCKS", "AGED")
        }
        found["NEVER"] = make_scenario(
            project=cast.project, code="NEVER", process=part, scenario_class="REVERSAL"
        )
        make_scenario(project=cast.project, code="LEFT-OUT", in_scope=False)
        make_run(scenario=found["PASSES"], executed_at=RUN_AT + timedelta(hours=2))
        for name, result in (("FAILS", "FAILED"), ("BLOCKS", "BLOCKED")):
            make_run(scenario=found[name], result=result, executed_at=RUN_AT + timedelta(hours=2))
        make_run(scenario=found["AGED"])
        refresh_latest(project_id=cast.project.pk)
        make_change(project=cast.project, changed_at=RUN_AT + timedelta(hours=1))
        refresh_changed(project_id=cast.project.pk)
        return found

    def test_answers_how_many_the_business_has_run(
        self, client: Client, cast: Cast, scenarios: dict[str, Scenario]
    ) -> None:
        page = page_of(client, cast.auditor, address(cast, "scenario-list"))
        assert "2 of 5 scenarios have a valid run by the business." in page
        for word in ("Passed", "Failed", "Blocked", "Changed since it was run", "Not run by the"):
            assert word in page
        assert "LEFT-OUT" not in page

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("state=open", {"BLOCKS", "AGED", "NEVER"}),
            ("state=passed", {"PASSES"}),
            ("state=failed", {"FAILS"}),
            ("state=blocked", {"BLOCKS"}),
            ("kind=REVERSAL", {"NEVER"}),
            ("q=pass", {"PASSES"}),
            ("state=nonsense&kind=nonsense&process=nonsense", None),
            ("q=nothing+like+this", set()),
        ],
    )
    def test_finds(
        self,
        client: Client,
        cast: Cast,
        scenarios: dict[str, Scenario],
        query: str,
        expected: set[str] | None,
    ) -> None:
        page = page_of(client, cast.auditor, f"{address(cast, 'scenario-list')}?{query}")
        shown = {name for name in scenarios if f">{name}</a>" in page}
        assert shown == (set(scenarios) if expected is None else expected)

    def test_finds_by_the_process_that_answers_and_keeps_the_search_on_the_next_page(
        self, client: Client, cast: Cast, scenarios: dict[str, Scenario]
    ) -> None:
        process = scenarios["FAILS"].process
        assert process is not None
        for number in range(60):
            make_scenario(project=cast.project, code=f"Z{number:02d}", process=process)
        where = f"{address(cast, 'scenario-list')}?process={process.public_id}"
        page = page_of(client, cast.auditor, where)
        assert "65 found" in page
        assert f"process={process.public_id}&amp;page=2" in page

    def test_takes_no_process_of_another_project(self, client: Client, cast: Cast) -> None:
        foreign = make_process(project=cast.other_project)
        make_scenario(project=cast.other_project, process=foreign, code="FOREIGN")
        where = f"{address(cast, 'scenario-list')}?process={foreign.public_id}"
        assert "FOREIGN" not in page_of(client, cast.auditor, where)

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.auditor, address(cast, "scenario-list"))
        assert "Import the process catalogue or the test plan first" in page


class TestShowScenario:
    def test_shows_counted_runs_and_recorded_ones_in_two_shapes(
        self, client: Client, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project, steps="", expected_result="")
        make_run(scenario=scenario, tester=cast.business_user, tester_name="Business_User")
        make_run(
            scenario=scenario,
            tester=cast.consultant,
            tester_name="Consultant",
            affiliation=Affiliation.PARTNER,
        )
        make_run(scenario=scenario, tester_name="Nobody knows", affiliation=Affiliation.UNKNOWN)
        make_defect(project=cast.project, scenario=scenario, title="Prices are empty")
        page = page_of(client, cast.auditor, address(cast, "scenario-detail", scenario))
        assert "Run by Business_User (Northwind Mills)" in page
        assert "Recorded by Consultant (Integrators)" in page
        assert "Recorded by Nobody knows (Unknown)" in page
        assert "Shown, never counted" in page
        assert "Prices are empty" in page
        assert "No steps and no expected result are written down." in page
        assert "Record a run" not in page

    def test_is_not_there_under_another_project(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.other_project)
        client.force_login(cast.sponsor)
        for name in ("scenario-detail", "run-add"):
            assert client.get(address(cast, name, scenario)).status_code == 404


class TestRecordRun:
    def test_writes_what_the_tester_saw_in_the_projects_own_time(
        self, client: Client, cast: Cast
    ) -> None:
        Project.objects.filter(pk=cast.project.pk).update(time_zone="Europe/Oslo")
        scenario = make_scenario(project=cast.project)
        answer = record(client, cast.business_user, cast, scenario, executed_at="2026-06-01T10:30")
        assert answer["Location"] == address(cast, "scenario-detail", scenario)
        row = Execution.objects.get()
        assert row.executed_at == NOW - timedelta(minutes=30)
        assert (row.result, row.build, row.tester) == ("PASSED", "1.6", cast.business_user)
        scenario.refresh_from_db()
        assert scenario.latest_result == ExecutionResult.PASSED

    def test_starts_from_the_moment_and_the_newest_build(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        make_run(scenario=scenario, build="2.1")
        page = page_of(client, cast.business_user, address(cast, "run-add", scenario))
        assert 'value="2.1"' in page
        assert 'value="2026-06-01T09:00"' in page

    def test_counts_what_is_sent_twice_once(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        for _ in range(2):
            assert record(client, cast.business_user, cast, scenario).status_code == 302
        assert Execution.objects.count() == 1
        record(client, cast.business_user, cast, scenario, once=ONCE[::-1])
        assert Execution.objects.count() == 2

    def test_records_a_partners_run_and_never_counts_it(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        page = page_of(client, cast.consultant, address(cast, "run-add", scenario))
        assert "Your run is recorded and shown, and never counted" in page
        record(client, cast.consultant, cast, scenario)
        assert Execution.objects.get().affiliation == Affiliation.PARTNER
        scenario.refresh_from_db()
        assert scenario.latest_result == ""

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({"result": ""}, "This field is required."),
            ({"result": "GREAT"}, "Select a valid choice"),
            ({"result": "FAILED"}, "Say in the comment what went wrong."),
            ({"executed_at": "2026-06-01T09:01"}, "A run cannot lie in the future."),
            ({"executed_at": "2026-06-31T09:01"}, "Enter a valid date/time."),
            ({"build": "x" * 61}, "at most 60 characters"),
            ({"once": ""}, "Nothing was saved."),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, client: Client, cast: Cast, fields: dict[str, str], sentence: str
    ) -> None:
        scenario = make_scenario(project=cast.project)
        answer = record(client, cast.business_user, cast, scenario, **fields)
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert fields.get("build", "1.6") in answer.content.decode()
        assert not Execution.objects.exists()

    def test_is_refused_to_an_auditor(self, client: Client, cast: Cast) -> None:
        scenario = make_scenario(project=cast.project)
        assert record(client, cast.auditor, cast, scenario).status_code == 403
        assert not Execution.objects.exists()

    @pytest.mark.parametrize("name", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, cast: Cast, name: str) -> None:
        scenario = make_scenario(project=cast.project)
        assert record(client, getattr(cast, name), cast, scenario).status_code == 404


class TestListDefects:
    def test_lists_the_open_ones_worst_first(self, client: Client, cast: Cast) -> None:
        process = make_process(project=cast.project, name="Order to cash")
        scenario = make_scenario(project=cast.project, process=process)
        make_defect(project=cast.project, severity=Severity.LOW, code="LOW-1")
        make_defect(
            project=cast.project, severity=Severity.SHOWSTOPPER, code="BAD-1", scenario=scenario
        )
        make_defect(project=cast.project, state="CLOSED", code="OLD-1")
        where = address(cast, "defect-list")
        page = page_of(client, cast.auditor, where)
        assert "2 defects are open, 1 of them showstopper or high." in page
        assert page.index("BAD-1") < page.index("LOW-1")
        assert "OLD-1" not in page
        assert "OLD-1" in page_of(client, cast.auditor, f"{where}?show=all")
        page = page_of(client, cast.auditor, f"{where}?process={process.public_id}")
        assert "BAD-1" in page
        assert "LOW-1" not in page

    def test_says_that_none_is_open_and_knows_no_nonsense(self, client: Client, cast: Cast) -> None:
        where = address(cast, "defect-list")
        assert "No defect is open" in page_of(client, cast.auditor, where)
        client.force_login(cast.auditor)
        assert client.get(f"{where}?process=nonsense").status_code == 404
