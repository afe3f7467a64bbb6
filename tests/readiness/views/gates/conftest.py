"""A judged upgrade."""

import pytest
from time_machine import TimeMachineFixture

from tests.factories import NOW
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade, looked at in the moment of its judgement."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found
