"""Requests for people over REST."""

import pytest
from time_machine import TimeMachineFixture

from governance.choices import PersonReply
from tests.participation import Team, answer, asked_of, make_team
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


class TestPeopleRequests:
    def test_tells_each_person_with_the_answer(
        self, team: Team, time_machine: TimeMachineFixture
    ) -> None:
        request = team.ask(note="Bring the old lists.")
        time_machine.move_to(request.answer_due_at, tick=False)
        _ada, ben = asked_of(request)
        answer(request, (ben, PersonReply.REFUSED, "Closing week."), by=team.manager)
        caller = Caller.of(team.cast.auditor)
        (row,) = caller.get(f"projects/{team.cast.project.public_id}/people-requests/").json()[
            "results"
        ]
        assert (row["released"], row["refused"], row["waiting"]) == (0, 1, 1)
        assert (row["is_silent"], row["manager"]) == (True, "Finance Manager")
        said = [(one["name"], one["reply"], one["reason"]) for one in row["people"]]
        assert said == [("Ada Young", None, None), ("Ben Low", "REFUSED", "Closing week.")]

    def test_is_narrowed_by_department_and_purpose(self, team: Team) -> None:
        team.ask()
        make_team(team.cast, name="Stores").ask()
        caller = Caller.of(team.cast.auditor)
        address = f"projects/{team.cast.project.public_id}/people-requests/"
        found = caller.get(f"{address}?department=Stores").json()["results"]
        assert [row["department"] for row in found] == ["Stores"]
        assert caller.get(f"{address}?purpose=TRAINING").json()["results"] == []
        assert caller.get(f"{address}?purpose=NAPPING").status_code == 400
