"""Scenarios in the browser: the matrix, the list, one of them."""

from datetime import timedelta

import pytest
from django.test import Client

from governance.choices import Affiliation, Criticality
from tests.factories import (
    RUN_AT,
    make_change,
    make_defect,
    make_person,
    make_process,
    make_run,
    make_scenario,
    make_tester,
)
from tests.people import Cast
from tests.uat.views.asking import address, page_of
from uat.models import Scenario
from uat.services.changes import refresh_changed
from uat.services.executions import refresh_latest


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
        found["PARTNERS"] = make_scenario(project=cast.project, code="PARTNERS")
        Scenario.objects.filter(pk=found["FAILS"].pk).update(criticality=Criticality.CRITICAL)
        make_run(scenario=found["PARTNERS"], affiliation=Affiliation.PARTNER)
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
        assert "2 of 6 scenarios have a valid run by the business." in page
        for word in ("Passed", "Failed", "Blocked", "Changed since it was run", "Not run by the"):
            assert word in page
        assert "LEFT-OUT" not in page

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("state=open", {"BLOCKS", "AGED", "NEVER", "PARTNERS"}),
            ("state=passed", {"PASSES"}),
            ("state=failed", {"FAILS"}),
            ("state=blocked", {"BLOCKS"}),
            ("state=changed", {"AGED"}),
            ("state=never", {"NEVER"}),
            ("state=partner", {"PARTNERS"}),
            ("criticality=CRITICAL", {"FAILS"}),
            ("process=none", {"PARTNERS"}),
            ("kind=REVERSAL", {"NEVER"}),
            ("q=pass", {"PASSES"}),
            ("state=odd&kind=odd&process=odd&criticality=odd&tester=odd&page=odd", None),
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

    def test_finds_what_somebody_is_to_test(
        self, client: Client, cast: Cast, scenarios: dict[str, Scenario]
    ) -> None:
        somebody = make_person(project=cast.project, account=cast.business_user)
        everything = make_person(project=cast.project)
        make_tester(person=somebody, process=scenarios["FAILS"].process)
        make_tester(person=everything)
        where = address(cast, "scenario-list")
        own = f"{where}?tester={somebody.public_id}"
        assert "5 found" in page_of(client, cast.auditor, own)
        all_of_it = f"{where}?tester={everything.public_id}"
        assert "6 found" in page_of(client, cast.auditor, all_of_it)
        assert "What I am to run" not in page_of(client, cast.auditor, where)
        mine = f"?state=open&amp;tester={somebody.public_id}"
        assert mine in page_of(client, cast.business_user, where)

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


class TestShowCoverage:
    def test_counts_what_the_business_ran_and_opens_exactly_that(
        self, client: Client, cast: Cast
    ) -> None:
        process = make_process(project=cast.project, name="Order to cash", code="O2C")
        rows = [
            make_scenario(project=cast.project, process=process, scenario_class=kind)
            for kind in ("EXCEPTION", "EXCEPTION", "EDGE", "SECURITY", "REPORT", "REPORT")
        ]
        make_scenario(project=cast.project, scenario_class="UNCLASSIFIED")
        make_run(scenario=rows[0])
        make_run(scenario=rows[3])
        make_run(scenario=rows[4], result="FAILED")
        make_run(scenario=rows[5], result="BLOCKED")
        make_run(scenario=rows[1], affiliation=Affiliation.PARTNER)
        refresh_latest(project_id=cast.project.pk)
        where = address(cast, "coverage-show")
        page = page_of(client, cast.auditor, where)
        assert "Nobody of the business has tested 4 of the 7 scenarios in scope." in page
        for cell in (
            "Order to cash, Exception: 1 of 2, Partly run",
            "Order to cash, Edge case: 0 of 1, Nobody ran it",
            "Order to cash, Security: 1 of 1, All passed",
            "Order to cash, Report: 1 of 2, 1 failed",
            "No process, Not classified: 0 of 1, Nobody ran it",
        ):
            assert cell in page
        for part in ("4 still to be run", "1 run only by a partner", "1 blocked", "1 failed"):
            assert part in page
        listed = address(cast, "scenario-list")
        kind = f"{listed}?process={process.public_id}&kind=EXCEPTION"
        assert kind.replace("&", "&amp;") in page
        assert "2 found" in page_of(client, cast.auditor, kind)
        assert f"{listed}?process=none&amp;kind=UNCLASSIFIED" in page

    def test_says_that_everything_was_tested(self, client: Client, cast: Cast) -> None:
        make_run(scenario=make_scenario(project=cast.project))
        refresh_latest(project_id=cast.project.pk)
        page = page_of(client, cast.auditor, address(cast, "coverage-show"))
        assert "The business has tested every one of the 1 scenarios in scope." in page
        assert "Not classified" not in page

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.auditor, address(cast, "coverage-show"))
        assert "Import the process catalogue or the test plan first" in page

    def test_is_not_there_for_strangers(self, client: Client, cast: Cast) -> None:
        for user in (cast.stranger, cast.other_sponsor):
            client.force_login(user)
            assert client.get(address(cast, "coverage-show")).status_code == 404
