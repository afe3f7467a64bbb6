"""Reported figures and colours over REST."""

from decimal import Decimal
from typing import Any

import pytest

from governance.models import Caveat
from readiness.choices import MetricOrigin
from readiness.models import ReportedReading, ReportedStatus
from tests.factories import make_policy, make_process
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of

pytestmark = pytest.mark.django_db
FIGURE = {
    "metric": "cutover.minutes",
    "value": "90",
    "reported_at": "2026-06-01T08:00:00Z",
    "source_system": "Stopwatch",
}
COLOUR = {"colour": "GREEN", "reported_at": "2026-06-01T08:00:00Z"}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    asked = {"metric": "cutover.minutes", "origin": MetricOrigin.REPORTED, "kind": "COUNT"}
    make_policy(project=found.project, criteria=[asked | {"accountable_roles": ["IT"]}])
    make_process(project=found.project, code="65.10")
    return found


def push(caller: Caller, cast: Cast, kind: str, body: Any) -> Any:
    return caller.push(f"projects/{cast.project.public_id}/reported-{kind}/", body)


class TestReportedMetricList:
    def test_writes_the_figure_in_the_callers_name(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        answer = push(caller, cast, "metrics", FIGURE | {"process": "65.10", "ttl_days": 3})
        assert answer.status_code == 201, answer.content
        row = ReportedReading.objects.get()
        assert (row.reporter, row.value, row.ttl_days) == (cast.project_manager, Decimal(90), 3)
        assert answer.json()["reporter"] == cast.project_manager.name
        assert answer.json()["process"] == "65.10"
        listed = caller.get(f"projects/{cast.project.public_id}/reported-metrics/").json()
        assert listed["results"] == [answer.json()]

    @pytest.mark.parametrize("who", ["consultant", "auditor", "process_owner"])
    def test_refuses_who_does_not_answer_for_it(self, cast: Cast, who: str) -> None:
        answer = push(Caller.of(getattr(cast, who)), cast, "metrics", FIGURE)
        assert answer.status_code == 403
        assert not ReportedReading.objects.exists()

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"metric": "nobody.asks"}, "#/metric"),
            ({"value": "1.5"}, "#/value"),
            ({"value": "NaN"}, "#/value"),
            ({"value": None, "done": 1, "due": 2}, "#/value"),
            ({"reported_at": "2999-01-01T00:00:00Z"}, "#/reported_at"),
            ({"reported_at": "2026-06-01T08:00:00"}, "#/reported_at"),
            ({"process": "99"}, "#/process"),
            ({"source_system": " "}, "#/source_system"),
            ({"ttl_days": 0}, "#/ttl_days"),
            ({"reporter": "somebody else"}, "#/reporter"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, changed: dict[str, Any], pointer: str
    ) -> None:
        answer = push(Caller.of(cast.project_manager), cast, "metrics", FIGURE | changed)
        assert answer.status_code == 422, answer.content
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]
        assert not ReportedReading.objects.exists()


class TestReportedStatusList:
    def test_writes_the_colour_and_the_caveat(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        answer = push(caller, cast, "statuses", COLOUR | {"gate": "G3", "caveat": "If it rains"})
        assert answer.status_code == 201, answer.content
        row = ReportedStatus.objects.get()
        assert (row.gate_key, row.reporter) == ("G3", cast.sponsor)
        assert Caveat.objects.get().text == "If it rains"
        query = "?gate=G3&colour=GREEN"
        listed = caller.get(f"projects/{cast.project.public_id}/reported-statuses/{query}").json()
        assert listed["results"] == [answer.json()]

    def test_refuses_who_does_not_report(self, cast: Cast) -> None:
        assert push(Caller.of(cast.consultant), cast, "statuses", COLOUR).status_code == 403

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [({"gate": "G9"}, "#/gate"), ({"colour": "BLUE"}, "#/colour")],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, changed: dict[str, Any], pointer: str
    ) -> None:
        answer = push(Caller.of(cast.sponsor), cast, "statuses", COLOUR | changed)
        assert answer.status_code == 422
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]
