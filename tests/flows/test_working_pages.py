"""Every working page inside a project: who gets in, what it asks of the database, that looking
changes nothing."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import ImportState
from governance.models import Assumption, Decision, Department, ImportRun, Person, User
from readiness.models import AcceptanceRequest
from tests.counting import rows_of
from tests.factories import (
    EARLY,
    give_job_role,
    make_course,
    make_defect,
    make_job_role,
    make_person,
    make_process,
    make_record,
    make_run,
    make_scenario,
)
from tests.flows import called
from tests.flows.empowered import fill_powers
from tests.flows.escalated import escalation_of, fill_escalations
from tests.flows.raid_rows import fill_raid, item_of
from tests.flows.steering import fill_meetings, meeting_of
from tests.signing import LATER, Desk, delegate_to, make_desk, older_signature
from training.models import Course
from training.services.standings import refresh_standings
from uat.services.executions import refresh_latest

APPS = ("governance", "training", "uat", "readiness")
LISTS = {
    "governance:decision-list": 12,
    "readiness:exposure-show": 13,
    "governance:assumption-list": 13,
    "governance:charter-show": 10,
    "governance:ownership-map": 11,
    "readiness:stop-list": 9,
    "governance:owner-list": 5,
    "governance:delegation-list": 5,
    "governance:go-live-show": 5,
    "governance:raid-list": 9,
    "governance:calendar-show": 5,
    "governance:escalation-list": 11,
    "governance:people-request-list": 12,
    "governance:meeting-list": 21,
    "governance:statement-show": 9,
    "readiness:sponsor-show": 31,
    "readiness:review-list": 7,
    "readiness:signature-list": 18,
    "readiness:process-list": 18,
    "readiness:reported-list": 7,
    "readiness:caveat-list": 7,
    "readiness:status-show": 10,
    "readiness:unanswered-list": 23,
    "readiness:vendor-show": 13,
    "readiness:replacement-list": 5,
    "readiness:week-show": 15,
    "readiness:risk-list": 9,
    "uat:scenario-list": 10,
    "uat:coverage-show": 10,
    "uat:defect-list": 9,
    "uat:tester-list": 7,
    "readiness:leader-list": 40,
    "training:matrix-show": 8,
    "training:roster-list": 11,
    "training:trainee-list": 14,
}


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a project with a row of every kind, looked at later than the database's clock."""
    found = make_desk()
    fill(found)
    time_machine.move_to(LATER, tick=False)
    return found


def fill(desk: Desk) -> None:
    """Add one more of every row that the working pages list."""
    cast = desk.cast
    row: dict[str, Any] = {"organisation": cast.client, "project": cast.project}
    number = Decision.objects.count()
    decision = Decision.objects.create(
        **row, code=f"D-{number}", title="Which?", raised_at=EARLY, decider=cast.sponsor
    )
    assumption = Assumption.objects.create(
        **row, code=f"A-{number}", statement="One is enough.", raised_at=EARLY
    )
    decision.blocked_processes.add(desk.process)
    assumption.blocked_processes.add(desk.process)
    AcceptanceRequest.objects.create(
        **row,
        gate_key="G3",
        criterion_key="UX-01",
        reason="Why",
        control="How",
        wanted_until_date=LATER.date() + timedelta(days=9),
        requester=cast.project_manager,
        asked=cast.sponsor,
        requested_at=EARLY,
    )
    delegate_to(desk, cast.business_user)
    called.ask(desk)
    owned = make_process(project=cast.project, owner=cast.process_owner, deputy=cast.sponsor)
    older_signature(owned, cast.process_owner)
    scenario = make_scenario(project=cast.project, process=desk.process)
    make_run(scenario=scenario)
    make_run(scenario=scenario, affiliation="PARTNER", tester=cast.consultant)
    make_defect(project=cast.project, scenario=scenario, process=desk.process)
    refresh_latest(project_id=cast.project.pk)
    fill_escalations(desk)
    fill_powers(desk)
    fill_meetings(desk)
    fill_raid(desk)
    _fill_training(desk, number)
    ImportRun.objects.create(**row, kind="roster", state=ImportState.DONE, actor=cast.sponsor)


def _fill_training(desk: Desk, number: int) -> None:
    project = desk.cast.project
    course = make_course(project=project, process=desk.process)
    department = Department.objects.create(
        organisation=desk.cast.client, project=project, name=f"Department {number}"
    )
    person = make_person(project=project, department=department)
    give_job_role(person=person, job_role=make_job_role(project=project, courses=[course]))
    make_record(person=person, course=course)
    refresh_standings(project_id=project.pk)


def addresses(desk: Desk) -> Iterator[str]:
    """Yield every page inside the project that can be looked at."""
    project = desk.cast.project

    def of(name: str, *rows: Any) -> str:
        return reverse(name, args=[project.public_id, *(row.public_id for row in rows)])

    yield from (of(name) for name in LISTS)
    yield desk.address
    yield of("governance:decision-detail", Decision.objects.filter(project=project).first())
    yield of("governance:assumption-detail", Assumption.objects.filter(project=project).first())
    yield of("governance:escalation-detail", *escalation_of(desk))
    yield of("governance:meeting-detail", *meeting_of(desk))
    yield of("governance:raid-detail", *item_of(desk))
    yield of("uat:scenario-detail", desk.scenario)
    yield of("governance:people-request-detail", *called.request_of(desk))
    yield of("readiness:request-detail", AcceptanceRequest.objects.filter(project=project).first())
    yield of("training:course-people", Course.objects.filter(project=project).first())
    yield of("training:person-detail", Person.objects.filter(project=project).first())
    yield reverse("readiness:reported-detail", args=[project.public_id, "gov.policy_frozen"])


def ask(client: Client, user: User, address: str) -> int:
    """Return how a page answers somebody."""
    client.force_login(user)
    return client.get(address).status_code


class TestEveryWorkingPage:
    def test_shows_itself_to_whoever_takes_part(self, client: Client, desk: Desk) -> None:
        for name in ("process_owner", "sponsor", "project_manager", "consultant", "auditor"):
            for address in addresses(desk):
                assert ask(client, getattr(desk.cast, name), address) == 200, (name, address)

    def test_is_not_there_for_anybody_else(self, client: Client, desk: Desk) -> None:
        for name in ("stranger", "other_sponsor"):
            for address in addresses(desk):
                assert ask(client, getattr(desk.cast, name), address) == 404, (name, address)

    def test_sends_whoever_has_not_signed_in_to_the_door(self, client: Client, desk: Desk) -> None:
        for address in addresses(desk):
            answer = client.get(address)
            assert answer.status_code == 302, address
            assert answer["Location"].startswith("/accounts/login/?next=")

    def test_changes_nothing_by_being_looked_at(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.process_owner)
        before = rows_of(*APPS)
        for address in addresses(desk):
            ask(client, desk.cast.process_owner, address)
        assert rows_of(*APPS) == before

    @pytest.mark.parametrize("name", LISTS)
    def test_asks_as_much_of_the_database_for_many_rows_as_for_one(
        self, client: Client, desk: Desk, name: str
    ) -> None:
        address = reverse(name, args=[desk.cast.project.public_id])
        client.force_login(desk.cast.project_manager)
        client.get(address)
        with CaptureQueriesContext(connection) as few:
            client.get(address)
        for _ in range(3):
            fill(desk)
        with CaptureQueriesContext(connection) as many:
            client.get(address)
        assert len(many) == len(few)
        assert len(many) == LISTS[name], [query["sql"][:90] for query in many.captured_queries]
