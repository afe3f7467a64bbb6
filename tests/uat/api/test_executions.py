"""Runs over REST."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from governance.choices import Affiliation
from tests.factories import make_photo, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from uat.models import Execution, Scenario

pytestmark = pytest.mark.django_db
RUN = {"scenario": "FIN-001", "result": "PASSED", "executed_at": "2026-06-01T08:00:00Z"}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    make_scenario(project=found.project, code="FIN-001")
    make_scenario(project=found.other_project, code="FIN-002")
    return found


def push(caller: Caller, cast: Cast, body: Any) -> Any:
    return caller.push(f"projects/{cast.project.public_id}/executions/", body)


class TestExecutionList:
    def test_records_a_run_by_the_business_that_counts(self, cast: Cast) -> None:
        answer = push(Caller.of(cast.business_user), cast, RUN | {"build": "1.2"})
        assert answer.status_code == 201, answer.content
        row = Execution.objects.get()
        assert (row.tester, row.affiliation, row.source) == (
            cast.business_user,
            Affiliation.CLIENT,
            "REST",
        )
        assert Scenario.objects.get(code="FIN-001").latest_execution == row
        assert answer.json()["id"] == str(row.public_id)

    def test_records_a_partners_run_that_never_counts(self, cast: Cast) -> None:
        answer = push(Caller.of(cast.consultant), cast, RUN)
        assert answer.json()["affiliation"] == Affiliation.PARTNER
        assert Scenario.objects.get(code="FIN-001").latest_execution is None

    @pytest.mark.parametrize(
        "field", ["affiliation", "tester", "tester_name", "organisation", "recorded_at", "id"]
    )
    def test_lets_nobody_say_who_they_are(self, cast: Cast, field: str) -> None:
        answer = push(Caller.of(cast.consultant), cast, RUN | {field: "CLIENT"})
        assert answer.status_code == 422
        assert problem_of(answer)["errors"][0]["pointer"] == f"#/{field}"
        assert not Execution.objects.exists()

    @pytest.mark.parametrize("source", ["uat-file", " uat-file ", "FORM"])
    def test_takes_nothing_in_the_name_of_a_file_or_a_form(self, cast: Cast, source: str) -> None:
        taken = RUN | {"source": source, "external_id": "RUN-7"}
        answer = push(Caller.of(cast.consultant), cast, taken)
        assert answer.status_code == 422
        assert problem_of(answer)["errors"][0]["pointer"] == "#/source"
        assert not Execution.objects.exists()

    def test_refuses_who_only_reads(self, cast: Cast) -> None:
        assert push(Caller.of(cast.auditor), cast, RUN).status_code == 403

    def test_takes_a_name_of_the_source_once(self, cast: Cast) -> None:
        caller, named = Caller.of(cast.business_user), RUN | {"source": "ALM", "external_id": "7"}
        assert push(caller, cast, named).status_code == 201
        assert push(caller, cast, named).status_code == 409
        assert Execution.objects.count() == 1

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"scenario": "FIN-002"}, "#/scenario"),
            ({"result": "GREEN"}, "#/result"),
            ({"executed_at": "2026-02-30T08:00:00Z"}, "#/executed_at"),
            ({"comment": "a\0b"}, "#/comment"),
            ({"comment": "\ud800"}, "#/comment"),
            ({"build": "x" * 61}, "#/build"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, changed: dict[str, Any], pointer: str
    ) -> None:
        answer = push(Caller.of(cast.business_user), cast, RUN | changed)
        assert answer.status_code == 422
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]

    @pytest.mark.parametrize(
        "changed", [{"result": "FAILED"}, {"executed_at": "2999-01-01T00:00:00Z"}]
    )
    def test_says_what_the_service_refused(self, cast: Cast, changed: dict[str, Any]) -> None:
        answer = push(Caller.of(cast.business_user), cast, RUN | changed)
        assert answer.status_code == 422
        assert not Execution.objects.exists()

    def test_lists_and_filters(self, cast: Cast) -> None:
        make_run(scenario=Scenario.objects.get(code="FIN-001"), result="PASSED")
        make_run(scenario=Scenario.objects.get(code="FIN-002"), result="PASSED")
        runs = f"projects/{cast.project.public_id}/executions/"
        caller = Caller.of(cast.auditor)
        assert caller.get(f"{runs}?scenario=FIN-001&result=PASSED").json()["count"] == 1
        assert caller.get(f"{runs}?since=2999-01-01T00:00:00Z").json()["count"] == 0
        for odd in ("soon", "0001-01-01T00:00:00%2B14:00"):
            assert caller.get(f"{runs}?since={odd}").status_code == 400

    def test_takes_the_steps_and_shows_them_again(self, cast: Cast) -> None:
        steps = [
            {"number": 1, "result": "FAILED", "comment": "Wrong total"},
            {"number": 2, "result": "BLOCKED", "instruction": "Print"},
        ]
        body = {key: value for key, value in RUN.items() if key != "result"} | {"steps": steps}
        written = push(Caller.of(cast.business_user), cast, body).json()
        assert (written["result"], written["comment"]) == ("FAILED", "Step 1: Wrong total")
        assert written["photos"] == []
        runs = f"projects/{cast.project.public_id}/executions/"
        (row,) = Caller.of(cast.auditor).get(runs).json()["results"]
        assert (
            row["steps"]
            == written["steps"]
            == [
                {
                    "number": 1,
                    "instruction": "Do it",
                    "result": "FAILED",
                    "comment": "Wrong total",
                },
                {"number": 2, "instruction": "Print", "result": "BLOCKED", "comment": ""},
            ]
        )

    @pytest.mark.parametrize(
        ("steps", "pointer"),
        [
            ([{"number": 0, "result": "PASSED"}], "#/steps/0/number"),
            ([{"number": 1, "result": "PASSED_WITH_COMMENTS"}], "#/steps/0/result"),
            ([{"number": 1, "result": "PASSED", "photo": "?"}], "#/steps/0/photo"),
            ([{"number": 1, "result": "PASSED"}] * 2, "#/steps"),
            ([{"number": 1, "result": "FAILED"}], "#/result"),
            ("many", "#/steps"),
        ],
    )
    def test_points_at_the_step_that_is_wrong(self, cast: Cast, steps: Any, pointer: str) -> None:
        answer = push(Caller.of(cast.business_user), cast, RUN | {"steps": steps})
        assert answer.status_code == 422
        found = [each["pointer"] for each in problem_of(answer)["errors"]]
        assert [each for each in found if each.startswith(pointer)]
        assert not Execution.objects.exists()

    def test_asks_no_more_for_more_runs(
        self, cast: Cast, settings: Settings, tmp_path: Path
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        caller, runs = Caller.of(cast.auditor), f"projects/{cast.project.public_id}/executions/"
        scenario = Scenario.objects.get(code="FIN-001")
        caller.get(runs)  # the first call writes down that the token was used
        asked = []
        for _ in range(2):
            make_photo(run=make_run(scenario=scenario))
            with CaptureQueriesContext(connection) as queries:
                (newest, *_others) = caller.get(runs).json()["results"]
            asked.append(len(queries))
            assert newest["photos"][0]["sha256"]
        assert asked[0] == asked[1]


class TestScenarioList:
    def test_shows_what_has_to_be_tested(self, cast: Cast) -> None:
        scenarios = f"projects/{cast.project.public_id}/scenarios/"
        (row,) = Caller.of(cast.auditor).get(scenarios).json()["results"]
        assert (row["code"], row["latest_result"]) == ("FIN-001", "")
