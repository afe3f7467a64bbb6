"""Training records over REST."""

from typing import Any

import pytest

from tests.factories import make_course, make_person
from tests.people import Cast, make_cast
from tests.wire import Caller, problem_of
from training.models import Standing, TrainingRecord

pytestmark = pytest.mark.django_db
RECORD = {
    "person": "E-1",
    "course": "C-1",
    "result": "PASSED",
    "score": "8.5",
    "score_max": "10",
    "happened_at": "2026-06-01T08:00:00Z",
    "source": "LMS",
    "external_id": "1",
}


@pytest.fixture
def cast() -> Cast:
    found = make_cast()
    for project, number in ((found.project, 1), (found.other_project, 2)):
        make_person(project=project, external_id=f"E-{number}")
        make_course(project=project, code=f"C-{number}", version="3")
    return found


def push(caller: Caller, cast: Cast, body: Any) -> Any:
    return caller.push(f"projects/{cast.project.public_id}/training-records/", body)


class TestRecordList:
    def test_writes_the_record_and_keeps_the_standing(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        answer = push(caller, cast, RECORD)
        assert answer.status_code == 201, answer.content
        assert (answer.json()["course_version"], answer.json()["score"]) == ("3", "8.50")
        assert Standing.objects.get().passed_at is not None
        query = "?person=E-1&course=C-1&result=PASSED"
        listed = caller.get(f"projects/{cast.project.public_id}/training-records/{query}").json()
        assert listed["results"] == [answer.json()]

    @pytest.mark.parametrize("who", ["consultant", "auditor", "business_user"])
    def test_takes_them_from_the_clients_leads_only(self, cast: Cast, who: str) -> None:
        assert push(Caller.of(getattr(cast, who)), cast, RECORD).status_code == 403

    def test_takes_a_name_of_the_source_once(self, cast: Cast) -> None:
        caller = Caller.of(cast.project_manager)
        push(caller, cast, RECORD)
        answer = push(caller, cast, RECORD | {"result": "FAILED"})
        assert answer.status_code == 409
        assert TrainingRecord.objects.get().result == "PASSED"

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"person": "E-2"}, "#/person"),
            ({"course": "C-2"}, "#/course"),
            ({"score": "-1"}, "#/score"),
            ({"score": None}, "#/score"),
            ({"result": "DONE"}, "#/result"),
            ({"external_id": ""}, "#/external_id"),
        ],
    )
    def test_points_at_what_is_wrong(
        self, cast: Cast, changed: dict[str, Any], pointer: str
    ) -> None:
        answer = push(Caller.of(cast.project_manager), cast, RECORD | changed)
        assert answer.status_code == 422
        assert [each["pointer"] for each in problem_of(answer)["errors"]] == [pointer]

    @pytest.mark.parametrize(
        "changed", [{"score": "14", "score_max": "10"}, {"happened_at": "2999-01-01T00:00:00Z"}]
    )
    def test_says_what_the_service_refused(self, cast: Cast, changed: dict[str, Any]) -> None:
        answer = push(Caller.of(cast.project_manager), cast, RECORD | changed)
        assert answer.status_code == 422
        assert not TrainingRecord.objects.exists()
