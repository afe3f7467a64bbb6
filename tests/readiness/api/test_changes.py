"""What changed a project's status, over REST."""

import pytest
from time_machine import TimeMachineFixture

from readiness.pages.journey import status_changes
from tests.factories import NOW
from tests.readiness.worlds import World, make_world
from tests.wire import Caller


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade, looked at in the moment of its judgement."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


class TestStatusChangeList:
    def test_says_what_the_page_says(self, world: World) -> None:
        address = f"projects/{world.cast.project.public_id}/changes/"
        (row,) = Caller.of(world.cast.sponsor).get(address).json()
        (turn,) = status_changes(world.cast.project, now=NOW)
        assert row["as_of"] == "2026-06-01T09:00:00Z"
        assert (row["verdict_before"], row["verdict"]) == ("NO_GO", "NO_GO")
        assert row["accepted_risks"] == row["accepted_risks_before"] + 1
        assert [cause["criterion"] for cause in row["causes"]] == [move.key for move in turn.moves]
        accepted = next(cause for cause in row["causes"] if cause["criterion"] == "DX-10")
        assert (accepted["gate"], accepted["state"]) == ("G1", "ACCEPTED")

    def test_is_empty_before_there_is_a_history(self, world: World) -> None:
        address = f"projects/{world.cast.other_project.public_id}/changes/"
        assert Caller.of(world.cast.other_sponsor).get(address).json() == []

    @pytest.mark.parametrize("who", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, world: World, who: str) -> None:
        address = f"projects/{world.cast.project.public_id}/changes/"
        assert Caller.of(getattr(world.cast, who)).get(address).status_code == 404

    def test_knows_no_parameter(self, world: World) -> None:
        address = f"projects/{world.cast.project.public_id}/changes/?since=2026"
        assert Caller.of(world.cast.sponsor).get(address).status_code == 400
