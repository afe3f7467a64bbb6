"""Slowing down who asks too often."""

import pytest
import time_machine
from pytest_django import Settings

from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(settings: Settings) -> Cast:
    settings.API_REQUESTS_PER_MINUTE = 2
    return make_cast()


class TestTokenRateThrottle:
    def test_lets_each_token_ask_so_often_a_minute(self, cast: Cast) -> None:
        with time_machine.travel(NOW, tick=False) as clock:
            caller, other = Caller.of(cast.sponsor), Caller.of(cast.sponsor)
            assert [caller.get("caller/").status_code for _ in range(3)] == [200, 200, 429]
            assert other.get("caller/").status_code == 200
            clock.shift(60)
            assert caller.get("caller/").status_code == 200

    def test_says_when_to_come_back(self, cast: Cast) -> None:
        with time_machine.travel(NOW, tick=False):
            caller = Caller.of(cast.sponsor)
            answer = [caller.get("caller/") for _ in range(3)][-1]
        assert 0 < int(answer["Retry-After"]) <= 61

    def test_counts_nobody_without_a_token(self, cast: Cast) -> None:
        assert [Caller().get("caller/").status_code for _ in range(4)] == [401] * 4
