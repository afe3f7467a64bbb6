"""My work: what waits for each of us, oldest first, from every project we take part in."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import Phase, SignoffAct
from governance.models import Assumption, Decision, Ownership, Project, User
from readiness.models import AcceptanceRequest
from tests.factories import EARLY, make_person, make_run, make_tester
from tests.signing import LATER, Desk, make_desk
from uat.services.executions import refresh_latest

WORK_QUERIES = 21


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a project in which something waits for everybody."""
    found = make_desk()
    cast = found.cast
    row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
    Decision.objects.create(
        **row, code="D-1", title="Which plant?", raised_at=EARLY, decider=cast.sponsor
    )
    assumption = Assumption.objects.create(
        **row, code="A-1", statement="One is enough.", raised_at=EARLY + timedelta(days=1)
    )
    assumption.blocked_processes.add(found.process)
    AcceptanceRequest.objects.create(
        **row,
        gate_key="G3",
        criterion_key="UX-01",
        reason="Why",
        control="How",
        wanted_until_date=LATER.date(),
        requester=cast.project_manager,
        asked=cast.sponsor,
        requested_at=EARLY + timedelta(days=2),
    )
    Ownership.objects.create(
        **row,
        process=found.process,
        owner=cast.process_owner,
        deputy=cast.sponsor,
        assigned_at=EARLY + timedelta(days=3),
        recorded_at=EARLY + timedelta(days=3),
    )
    time_machine.move_to(LATER, tick=False)
    return found


def page_of(client: Client, user: User) -> str:
    """Return somebody's work."""
    client.force_login(user)
    answer = client.get(reverse("readiness:my-work"))
    assert answer.status_code == 200
    return answer.content.decode()


class TestShowWork:
    def test_lists_what_waits_for_an_executive_oldest_first(
        self, client: Client, desk: Desk
    ) -> None:
        page = page_of(client, desk.cast.sponsor)
        words = [
            "D-1 Which plant?",
            "A-1 One is enough.",
            "Project_Manager asks you to accept UX-01",
            "Sign or refuse: 10 Order to cash",
        ]
        places = [page.index(word) for word in words]
        assert places == sorted(places)

    def test_leaves_out_what_waits_for_somebody_else(self, client: Client, desk: Desk) -> None:
        page = page_of(client, desk.cast.process_owner)
        assert "A-1 One is enough." in page
        assert "D-1 Which plant?" not in page
        assert "asks you to accept" not in page

    def test_asks_for_a_signature_until_it_stands_and_again_when_it_does_not(
        self, client: Client, desk: Desk
    ) -> None:
        owner = desk.cast.process_owner
        desk.sign(owner)
        assert "Order to cash" not in page_of(client, owner).replace("A-1", "")
        make_run(scenario=desk.scenario, result="FAILED")
        refresh_latest(project_id=desk.cast.project.pk)
        assert "Look again, the evidence changed: 10 Order to cash" in page_of(client, owner)
        desk.judge(at=LATER)
        desk.sign(owner, act=SignoffAct.REFUSED)
        assert "10 Order to cash" not in page_of(client, owner)

    def test_lists_figures_to_report_for_the_roles_that_answer_for_them(
        self, client: Client, desk: Desk
    ) -> None:
        assert "Report: The sponsor signed a charter" in page_of(client, desk.cast.sponsor)
        assert "Report: The sponsor signed a charter" not in page_of(
            client, desk.cast.process_owner
        )

    def test_leaves_figures_out_until_two_weeks_before_they_are_due(
        self, client: Client, desk: Desk
    ) -> None:
        far = (LATER + timedelta(days=600)).date()
        Project.objects.filter(pk=desk.cast.project.pk).update(go_live_date=far)
        assert "Report:" not in page_of(client, desk.cast.sponsor)
        Project.objects.filter(pk=desk.cast.project.pk).update(go_live_date=None)
        assert "Report:" not in page_of(client, desk.cast.sponsor)

    def test_lists_scenarios_to_run_and_opens_exactly_those(
        self, client: Client, desk: Desk
    ) -> None:
        tester = desk.cast.business_user
        person = make_person(project=desk.cast.project, account=tester)
        make_tester(person=person, process=desk.process)
        make_tester(person=person)
        page = page_of(client, tester)
        assert "Run 1 scenario of 10 Order to cash" in page
        assert f"?state=open&amp;process={desk.process.public_id}" in page
        make_run(scenario=desk.scenario.__class__.objects.get(code="10-02"))
        refresh_latest(project_id=desk.cast.project.pk)
        assert "scenario of 10 Order to cash" not in page_of(client, tester)

    def test_shows_nothing_of_closed_projects_and_to_strangers(
        self, client: Client, desk: Desk
    ) -> None:
        for user in (desk.cast.stranger, desk.cast.other_sponsor, desk.cast.consultant):
            assert "Nothing waits for you" in page_of(client, user)
        Project.objects.filter(pk=desk.cast.project.pk).update(phase=Phase.CLOSED)
        assert "Nothing waits for you" in page_of(client, desk.cast.sponsor)

    def test_sends_whoever_has_not_signed_in_to_the_door(self, client: Client, db: None) -> None:
        assert client.get(reverse("readiness:my-work")).status_code == 302

    def test_asks_little_of_the_database(self, client: Client, desk: Desk) -> None:
        page_of(client, desk.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("readiness:my-work"))
        assert len(asked) == WORK_QUERIES
