"""My work: what waits for each of us, oldest first, from every project we take part in."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import Phase, Role, SignoffAct
from governance.models import Ownership, Project, User
from readiness.models import DigestChoice
from readiness.pages.digest import mail_setting
from readiness.services.digests import stop_token, wants_digest
from tests.factories import (
    EARLY,
    give_job_role,
    join,
    make_course,
    make_job_role,
    make_person,
    make_policy,
    make_project,
    make_run,
    make_scenario,
    make_tester,
)
from tests.questions import ask_to_accept, make_assumption, make_decision
from tests.signing import LATER, Desk, make_desk
from training.models import Standing
from uat.models import Scenario
from uat.services.executions import refresh_latest

pytestmark = pytest.mark.both_engines
WORK_QUERIES = 31


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return a project in which something waits for everybody."""
    found = make_desk()
    cast = found.cast
    make_decision(project=cast.project, decider=cast.sponsor)
    assumption = make_assumption(project=cast.project, raised_at=EARLY + timedelta(days=1))
    assumption.blocked_processes.add(found.process)
    ask_to_accept(cast, until=LATER, requested_at=EARLY + timedelta(days=2))
    Ownership.objects.create(
        organisation=cast.client,
        project=cast.project,
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
        assert "Evidence changed since, look again: 10 Order to cash" in page_of(client, owner)
        desk.judge(at=LATER)
        desk.sign(owner, act=SignoffAct.REFUSED)
        assert "10 Order to cash" not in page_of(client, owner)

    def test_lists_figures_to_report_for_the_roles_that_answer_for_them(
        self, client: Client, desk: Desk
    ) -> None:
        figure = "Report: The business approved the test plan"
        assert figure in page_of(client, desk.cast.process_owner)
        assert figure not in page_of(client, desk.cast.sponsor)

    def test_leaves_figures_out_until_two_weeks_before_they_are_due(
        self, client: Client, desk: Desk
    ) -> None:
        far = (LATER + timedelta(days=600)).date()
        Project.objects.filter(pk=desk.cast.project.pk).update(go_live_date=far)
        assert "Report:" not in page_of(client, desk.cast.sponsor)
        Project.objects.filter(pk=desk.cast.project.pk).update(go_live_date=None)
        assert "Report:" not in page_of(client, desk.cast.sponsor)

    def test_lists_scenarios_to_run_and_opens_the_screen_of_each(
        self, client: Client, desk: Desk
    ) -> None:
        tester = desk.cast.business_user
        person = make_person(project=desk.cast.project, account=tester)
        make_tester(person=person, process=desk.process)
        make_tester(person=person)
        page = page_of(client, tester)
        second = Scenario.objects.get(code="10-02")
        assert page.count("Run 10-02 ") == 1
        assert f"/scenarios/{second.public_id}/run/" in page
        make_run(scenario=second)
        refresh_latest(project_id=desk.cast.project.pk)
        assert "Run 10-02 " not in page_of(client, tester)

    def test_sums_up_many_scenarios_and_opens_exactly_those(
        self, client: Client, desk: Desk
    ) -> None:
        tester = desk.cast.business_user
        person = make_person(project=desk.cast.project, account=tester)
        make_tester(person=person, process=desk.process)
        for number in range(6):
            make_scenario(project=desk.cast.project, process=desk.process, code=f"10-1{number}")
        page = page_of(client, tester)
        assert "Run 2 more scenarios of 10 Order to cash" in page
        assert f"?state=open&amp;process={desk.process.public_id}" in page
        for number in range(7):
            make_scenario(project=desk.cast.project, code=f"20-1{number}")
        make_tester(person=make_person(project=desk.cast.project, account=tester))
        assert "Run 4 more scenarios<" in page_of(client, tester)

    def test_counts_by_kind_and_keeps_one(self, client: Client, desk: Desk) -> None:
        page = page_of(client, desk.cast.sponsor)
        assert 'href="?kind=DECISION"' in page
        client.force_login(desk.cast.sponsor)
        address = reverse("readiness:my-work")
        chosen = client.get(f"{address}?kind=DECISION").content.decode()
        assert "D-1 Which plant?" in chosen
        assert "A-1 One is enough." not in chosen
        assert "A-1 One is enough." in client.get(f"{address}?kind=NO_SUCH").content.decode()

    def test_shows_the_oldest_first_page_by_page(self, client: Client, desk: Desk) -> None:
        for number in range(30):
            make_decision(
                project=desk.cast.project,
                code=f"E-{number}",
                raised_at=EARLY - timedelta(days=number + 1),
                decider=desk.cast.sponsor,
            )
        page = page_of(client, desk.cast.sponsor)
        assert "E-29 Which plant?" in page
        assert "E-0 Which plant?" not in page
        second = client.get(reverse("readiness:my-work") + "?page=2").content.decode()
        assert "E-0 Which plant?" in second

    def test_asks_an_auditor_to_run_nothing(self, client: Client, desk: Desk) -> None:
        auditor = desk.cast.auditor
        make_tester(person=make_person(project=desk.cast.project, account=auditor))
        assert "Nothing waits for you" in page_of(client, auditor)

    def test_lists_courses_until_they_are_completed_and_passed(
        self, client: Client, desk: Desk
    ) -> None:
        project, trainee = desk.cast.project, desk.cast.business_user
        person = make_person(project=project, account=trainee)
        course = make_course(project=project, name="Cash application", recorded_at=EARLY)
        give_job_role(person=person, job_role=make_job_role(project=project, courses=[course]))
        page = page_of(client, trainee)
        assert "Complete Cash application" in page
        assert f"/people/{person.public_id}/" in page
        standing = Standing.objects.create(
            project=project,
            person=person,
            course=course,
            completed_at=EARLY,
            completed_version=course.version,
            practised_at=EARLY,
        )
        assert "Complete Cash application" in page_of(client, trainee)
        Standing.objects.update(passed_at=EARLY)
        assert "Complete Cash application" not in page_of(client, trainee)
        Standing.objects.filter(pk=standing.pk).update(completed_version="0")
        assert "Complete Cash application" in page_of(client, trainee)

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
        for _ in range(3):
            project = make_project(organisation=desk.cast.client)
            make_policy(project=project)
            join(project=project, user=desk.cast.sponsor, role=Role.SPONSOR)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("readiness:my-work"))
        assert len(asked) == WORK_QUERIES


class TestSetDigest:
    def test_turns_the_daily_mail_off_and_on_again(self, client: Client, desk: Desk) -> None:
        sponsor = desk.cast.sponsor
        assert f"come to {sponsor.email} once a day" in page_of(client, sponsor)
        where = reverse("readiness:digest-set")
        for word, is_wanted, said in (
            ("off", False, "The daily mail is off."),
            ("on", True, "The daily mail is on."),
        ):
            answer = client.post(where, {"mail": word}, follow=True)
            assert said in answer.content.decode()
            assert wants_digest(sponsor) is is_wanted

    def test_keeps_the_hour_that_was_chosen(self, client: Client, desk: Desk) -> None:
        sponsor = desk.cast.sponsor
        client.force_login(sponsor)
        for asked, kept in (("16", 16), ("24", 16), ("x", 16), ("", 16), ("0", 0)):
            client.post(reverse("readiness:digest-set"), {"mail": "on", "hour": asked})
            assert mail_setting(sponsor).hour == kept
        assert '<option value="0" selected>0:00</option>' in page_of(client, sponsor)

    def test_is_not_for_strangers_and_not_by_a_link(self, client: Client, desk: Desk) -> None:
        where = reverse("readiness:digest-set")
        assert client.post(where, {"mail": "off"}).status_code == 302
        client.force_login(desk.cast.sponsor)
        assert client.get(where).status_code == 405
        assert not DigestChoice.objects.exists()


class TestStopDigest:
    def test_only_asks_when_looked_at(self, client: Client, desk: Desk) -> None:
        where = reverse("readiness:digest-stop", args=[stop_token(desk.cast.sponsor)])
        answer = client.get(where)
        assert "Stop the daily mail?" in answer.content.decode()
        assert desk.cast.sponsor.email not in answer.content.decode()
        client.head(where)
        assert wants_digest(desk.cast.sponsor)

    @pytest.mark.parametrize("body", [{}, {"List-Unsubscribe": "One-Click"}])
    def test_stops_at_a_post_without_session_or_token_of_a_form(
        self, desk: Desk, body: dict[str, str]
    ) -> None:
        where = reverse("readiness:digest-stop", args=[stop_token(desk.cast.sponsor)])
        outside = Client(enforce_csrf_checks=True)
        for _ in range(2):
            answer = outside.post(where, body)
            assert answer.status_code == 200
            assert "The daily mail is off" in answer.content.decode()
        assert not wants_digest(desk.cast.sponsor)
        assert wants_digest(desk.cast.process_owner)

    @pytest.mark.parametrize("token", ["x", "x:y", "00000000-0000-4000-8000-000000000000:x"])
    def test_is_not_there_for_a_link_that_is_not_ours(
        self, client: Client, db: None, token: str
    ) -> None:
        where = reverse("readiness:digest-stop", args=[token])
        assert client.get(where).status_code == 404
        assert client.post(where).status_code == 404
