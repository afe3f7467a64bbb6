"""A process that can be signed."""

import pytest
from django.core.cache import cache
from time_machine import TimeMachineFixture

from tests.signing import LATER, Desk, make_desk


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a process that can be signed, looked at after everything was recorded."""
    cache.clear()
    found = make_desk()
    time_machine.move_to(LATER, tick=False)
    return found
