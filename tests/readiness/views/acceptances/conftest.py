"""Everybody, with the policy that ships, judged."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from time_machine import TimeMachineFixture

from readiness.services.policies import adopt_policy
from tests.factories import (
    NOW,
)
from tests.people import Cast, make_cast
from tests.risks import judge_anew

EARLIER = NOW + timedelta(days=1)


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody, with the policy that ships, judged, a day after NOW."""
    cache.clear()
    found = make_cast()
    adopt_policy(project=found.project)
    judge_anew(found.project)
    time_machine.move_to(EARLIER, tick=False)
    return found
