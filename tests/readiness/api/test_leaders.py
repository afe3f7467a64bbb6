"""Readiness by leader over REST."""

import pytest
from time_machine import TimeMachineFixture

from tests.factories import make_process
from tests.participation import Team, make_team
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


class TestLeaders:
    def test_tells_what_each_answers_for(
        self, team: Team, time_machine: TimeMachineFixture
    ) -> None:
        make_process(project=team.cast.project, code="10", owner=team.cast.process_owner)
        time_machine.move_to(team.ask().answer_due_at, tick=False)
        caller = Caller.of(team.cast.auditor)
        address = f"projects/{team.cast.project.public_id}/leaders/"
        rows = {row["name"]: row for row in caller.get(address).json()["results"]}
        assert set(rows) == {"Finance Manager", "Process_Owner", "Sponsor"}
        (answers,) = rows["Finance Manager"]["duties"]
        assert (answers["duty"], answers["done"], answers["due"]) == ("ANSWERS", 0, 1)
        assert answers["overdue"] == 1
        (signing,) = rows["Process_Owner"]["duties"]
        assert (signing["duty"], signing["due"]) == ("SIGN_OFFS", 1)

    def test_tells_of_one_kind_of_leader(self, team: Team) -> None:
        caller = Caller.of(team.cast.auditor)
        address = f"projects/{team.cast.project.public_id}/leaders/?as="
        found = caller.get(f"{address}manager").json()["results"]
        assert [row["name"] for row in found] == ["Finance Manager"]
        assert caller.get(f"{address}king").status_code == 400
