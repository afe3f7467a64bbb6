"""A week's change over REST: whole, where the page shows it in parts."""

import pytest
from time_machine import TimeMachineFixture

from tests.factories import NOW
from tests.readiness.worlds import World, make_world
from tests.wire import Caller


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return an upgrade that was judged today and a week ago."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


class TestWeekView:
    def test_names_every_finding_that_changed(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("readiness.pages.week.ROWS_ON_A_PAGE", 1)
        address = f"projects/{world.cast.project.public_id}/week/"
        body = Caller.of(world.cast.consultant).get(address).json()
        numbers = {row["kind"]: row["number"] for row in body["moved"]}
        assert len(body["findings"]) == numbers["FINDINGS"] > 1
