"""Metrics over time, as JSON and as CSV."""

import csv
import io
from datetime import timedelta
from unittest.mock import patch

import pytest

from readiness.api import metrics
from readiness.choices import FindingState
from readiness.models import Finding
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.wire import Caller, make_snapshot, problem_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    for project in (found.project, found.other_project):
        for number in range(3):
            snapshot = make_snapshot(project=project, as_of=NOW + timedelta(days=number))
            Finding.objects.create(
                organisation_id=project.organisation_id,
                project=project,
                snapshot=snapshot,
                gate_key="G3",
                criterion_key="UX-01",
                metric="=cmd()" if number == 2 else "uat.exec_pct",
                state=FindingState.MISSED,
                is_hard=True,
                done=number,
                due=3,
            )
    return found


def address(cast: Cast, query: str = "") -> str:
    return f"projects/{cast.project.public_id}/metrics/?{query}"


class TestMetricList:
    def test_shows_each_measurement_oldest_first(self, cast: Cast) -> None:
        page = Caller.of(cast.sponsor).get(address(cast, "criterion=UX-01&since=2026-06-02"))
        assert [(row["local_date"], row["done"]) for row in page.json()["results"]] == [
            ("2026-06-02", 1),
            ("2026-06-03", 2),
        ]

    @pytest.mark.parametrize("way", ["header", "address"])
    def test_is_a_safe_sheet_on_demand(self, cast: Cast, way: str) -> None:
        caller = Caller.of(cast.sponsor)
        if way == "header":
            answer = caller.call("GET", address(cast), headers={"Accept": "text/csv"})
        else:
            answer = caller.get(address(cast, "format=csv"))
        assert answer["Content-Type"] == "text/csv"
        assert "attachment" in answer["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert [row["done"] for row in rows] == ["0", "1", "2"]
        assert rows[2]["metric"] == "'=cmd()"
        assert rows[0]["value"] == ""

    def test_asks_to_narrow_a_sheet_that_is_too_long(self, cast: Cast) -> None:
        with patch.object(metrics, "MOST_CSV_ROWS", 2):
            answer = Caller.of(cast.sponsor).get(address(cast, "format=csv"))
        assert answer.status_code == 400
        assert "narrow" in problem_of(answer)["errors"][0]["detail"]

    def test_tells_errors_as_problems_in_any_format(self, cast: Cast) -> None:
        answer = Caller.of(cast.sponsor).get(address(cast, "format=csv&nobody=knows"))
        assert answer.status_code == 400
        problem_of(answer)
