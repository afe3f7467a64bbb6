"""The list of risks, with those that count no longer."""

from django.test import Client
from time_machine import TimeMachineFixture

from tests.factories import (
    NOW,
    make_scenario,
)
from tests.people import Cast
from tests.readiness.services.test_requests import asked, granted
from tests.readiness.views.acceptances.cases import address
from uat.models import Scenario


class TestListRisks:
    def test_shows_one_that_lapsed_apart_with_what_changed(
        self, client: Client, cast: Cast
    ) -> None:
        scenario = make_scenario(project=cast.project)
        asked_for = asked(cast, criterion_key="UX-02")
        granted(cast, asked_for, answer={"scenario_ids": [scenario.pk]})
        Scenario.objects.update(in_scope=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Accepted, but something changed since" in page
        assert f"Out of scope since: {scenario.code}." in page
        assert "No risk is accepted at the moment." in page

    def test_says_which_ends_soonest_and_which_have_ended(
        self, client: Client, cast: Cast, time_machine: TimeMachineFixture
    ) -> None:
        granted(cast, asked(cast))
        time_machine.move_to(NOW.replace(month=6, day=28), tick=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Ends in 3 days" in page
        assert "End it early" not in page
        time_machine.move_to(NOW.replace(month=7, day=3), tick=False)
        client.force_login(cast.auditor)
        page = client.get(address(cast, "risk-list")).content.decode()
        assert "Expired" in page
