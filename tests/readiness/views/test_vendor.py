"""The page of the partner's share: first its answer, then the rows behind it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from tests.factories import NOW, make_run, make_scenario
from tests.people import Cast, make_cast
from tests.questions import make_assumption
from tests.wire import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return a project in which a partner assumed something ten days ago."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


def shown(client: Client, cast: Cast) -> str:
    client.force_login(cast.sponsor)
    address = reverse("readiness:vendor-show", args=[cast.project.public_id])
    return client.get(address).content.decode()


class TestShowVendor:
    def test_says_that_there_is_nothing_to_measure(self, client: Client, cast: Cast) -> None:
        page = shown(client, cast)
        assert "Nothing to measure yet" in page
        assert "Within bounds" not in page

    def test_names_what_is_too_much_and_what_it_owes(self, client: Client, cast: Cast) -> None:
        at = NOW - timedelta(days=10)
        make_assumption(project=cast.project, code="A-7", raised_at=at, recorded_at=at)
        make_run(scenario=make_scenario(project=cast.project), executed_at=at)
        page = shown(client, cast)
        assert "Too much hangs on the partner. Assumptions without an owner" in page
        assert "1 = 10<" in page
        assert "A-7" in page

    def test_is_within_bounds_where_the_client_does_it(self, client: Client, cast: Cast) -> None:
        make_run(scenario=make_scenario(project=cast.project), executed_at=NOW)
        assert "Little hangs on the partner" in shown(client, cast)


class TestVendorView:
    def test_says_over_rest_what_the_page_says(self, cast: Cast) -> None:
        at = NOW - timedelta(days=10)
        make_assumption(project=cast.project, raised_at=at, recorded_at=at)
        address = f"projects/{cast.project.public_id}/vendor/"
        body = Caller.of(cast.auditor).get(address).json()
        assert body["band"] == "HIGH"
        assert body["assumptions"]["rows"][0]["debt"] == 10
        assert Caller.of(cast.stranger).get(address).status_code == 404
