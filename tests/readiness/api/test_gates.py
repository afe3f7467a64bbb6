"""Gates and criteria over REST."""

import json

import pytest

from tests.factories import make_policy
from tests.people import Cast, make_cast
from tests.wire import Caller, make_snapshot

pytestmark = pytest.mark.django_db
SAID = {
    "key": "G3",
    "verdict": "NO_GO",
    "headline": "NO-GO: 1 hard criterion missed",
    "is_deciding": True,
    "opens_date": "2026-05-18",
    "decision_date": "2026-06-15",
    "counts": {"MISSED": 1},
}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    make_policy(project=found.project, criteria=[{}, {"metric": "uat.pass_pct"}])
    make_policy(project=found.other_project)
    return found


class TestGateList:
    def test_says_what_the_newest_judgement_says(self, cast: Cast) -> None:
        make_snapshot(project=cast.project, body=json.dumps({"gates": [SAID]}))
        (row,) = Caller.of(cast.sponsor).get(f"projects/{cast.project.public_id}/gates/").json()
        assert row["policy"]["version"] == 1
        assert row["findings"] == {"MISSED": 1}
        for name in ("key", "verdict", "headline", "is_deciding", "opens_date", "decision_date"):
            assert row[name] == SAID[name]

    def test_says_nothing_before_the_first(self, cast: Cast) -> None:
        (row,) = Caller.of(cast.sponsor).get(f"projects/{cast.project.public_id}/gates/").json()
        assert (row["key"], row["verdict"], row["findings"]) == ("G3", None, {})

    def test_knows_no_parameter(self, cast: Cast) -> None:
        answer = Caller.of(cast.sponsor).get(f"projects/{cast.project.public_id}/gates/?key=G3")
        assert answer.status_code == 400


class TestCriterionList:
    def test_shows_the_demands_in_force(self, cast: Cast) -> None:
        criteria = f"projects/{cast.project.public_id}/criteria/"
        page = Caller.of(cast.sponsor).get(criteria).json()
        assert [(row["key"], row["class"]) for row in page["results"]] == [
            ("UX-01", "HARD"),
            ("UX-02", "HARD"),
        ]
        page = Caller.of(cast.sponsor).get(f"{criteria}?metric=uat.pass_pct").json()
        assert page["count"] == 1
