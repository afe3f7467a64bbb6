"""The page of an assumption: what rests on it, what it owes, and what an owner's no brings."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import DependentKind
from governance.models import Assumption, Dependency
from tests.factories import NOW, make_process, make_scenario
from tests.people import Cast, make_cast
from tests.questions import make_assumption
from tests.wire import Caller

pytestmark = pytest.mark.django_db
MADE_AT = NOW - timedelta(days=10)


@pytest.fixture
def cast(time_machine: TimeMachineFixture) -> Cast:
    """Return everybody; one scenario of a process that somebody owns."""
    found = make_cast()
    process = make_process(project=found.project, owner=found.process_owner)
    make_scenario(project=found.project, code="S-1", title="Count stock", process=process)
    assumption = make_assumption(project=found.project, code="A-1", raised_at=MADE_AT)
    assumption.blocked_processes.add(process)
    time_machine.move_to(NOW, tick=False)
    return found


def address(name: str = "assumption-detail") -> str:
    row = Assumption.objects.get()
    return reverse(f"governance:{name}", args=[row.project.public_id, row.public_id])


def shown(client: Client, cast: Cast) -> str:
    client.force_login(cast.process_owner)
    return client.get(address()).content.decode()


class TestAddResting:
    def test_names_a_scenario_and_raises_the_debt(self, client: Client, cast: Cast) -> None:
        assert "10: 10 days, times 1 that rest on it" in shown(client, cast)
        client.force_login(cast.consultant)
        assert client.post(address("assumption-rest"), {"scenarios": "S-1"}).status_code == 302
        page = shown(client, cast)
        assert "20: 10 days, times 2 that rest on it" in page
        assert "S-1 Count stock" in page

    def test_says_beside_the_field_what_nobody_knows(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.consultant)
        answer = client.post(address("assumption-rest"), {"scenarios": "S-1, S-9"})
        assert answer.status_code == 422
        assert "knows no scenario S-9" in answer.content.decode()
        assert not Dependency.objects.exists()

    def test_is_refused_to_an_auditor(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.auditor)
        assert client.get(address("assumption-rest")).status_code == 403

    def test_refuses_more_once_an_owner_said_no(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.process_owner)
        said = {"ruling": "REJECTED", "reason": "There are two."}
        assert client.post(address(), said).status_code == 302
        answer = client.post(address("assumption-rest"), {"scenarios": "S-1"})
        assert answer.status_code == 422
        assert "nothing new rests on it" in answer.content.decode()


class TestShowAssumption:
    def test_says_what_has_to_be_done_anew(self, client: Client, cast: Cast) -> None:
        row = Assumption.objects.get()
        Dependency.objects.create(
            organisation=cast.client,
            project=cast.project,
            assumption=row,
            kind=DependentKind.SCENARIO,
            code="S-1",
            noted_at=MADE_AT,
        )
        client.force_login(cast.process_owner)
        client.post(address(), {"ruling": "CORRECTED", "reason": "Every month."})
        page = shown(client, cast)
        assert "1 scenario to be done and tested anew" in page
        assert "times 2 that rest" not in page
        listed = Caller.of(cast.auditor).get(f"projects/{cast.project.public_id}/assumptions/")
        assert listed.json()["results"][0]["scenarios"] == ["S-1"]
