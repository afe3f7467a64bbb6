"""Everybody, at one moment."""

import pytest
from time_machine import TimeMachineFixture

from tests.factories import NOW
from tests.people import Cast, make_cast


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found
