"""Who has not answered: what is asked of each person, and since when."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import SignoffAct
from governance.models import Decision, User
from tests.factories import (
    EARLY,
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_run,
    make_tester,
)
from tests.questions import ask_to_accept, decide, make_decision
from tests.signing import LATER, Desk, make_desk
from tests.wire import Caller
from training.models import Standing

pytestmark = pytest.mark.both_engines
UNANSWERED_QUERIES = 23
YESTERDAY, TOMORROW = (LATER.date() + timedelta(days=days) for days in (-1, 1))


@pytest.fixture
def desk(db: None, time_machine: TimeMachineFixture) -> Desk:
    """Return an upgrade in which nobody answered anything."""
    found = make_desk()
    cast = found.cast
    for decider in (cast.sponsor, None):
        make_decision(project=cast.project, title="Which?", decider=decider, due_date=EARLY)
    make_decision(project=cast.project, title="Not due")
    ask_to_accept(cast, until=LATER)
    course = make_course(project=cast.project)
    role = make_job_role(project=cast.project, name="Clerk", courses=[course])
    for name in ("Una", "Vera"):
        person = make_person(project=cast.project, name=name)
        give_job_role(person=person, job_role=role, from_date=EARLY)
        give_job_role(person=person, job_role=make_job_role(project=cast.project, courses=[course]))
        if name == "Vera":
            make_tester(person=person, process=found.process)
            make_tester(person=make_person(project=cast.project, name="Wim"))
    time_machine.move_to(LATER, tick=False)
    return found


def page_of(client: Client, user: User, desk: Desk, query: str = "") -> str:
    """Return who has not answered."""
    client.force_login(user)
    where = reverse("readiness:unanswered-list", args=[desk.cast.project.public_id])
    return client.get(where + query).content.decode()


class TestListUnanswered:
    def test_groups_what_is_asked_by_person(self, client: Client, desk: Desk) -> None:
        page = page_of(client, desk.cast.project_manager, desk)
        assert "6 people have not answered" in page
        for words in (
            "Sign or refuse: 10 Order to cash",
            "D-1 Which?",
            "D-2 Which?",
            "Nobody is named",
            "Accept or decline the risk of UX-01",
            "Begin the training of Clerk",
            "Run a first scenario of 10 Order to cash",
            "Run a first scenario</a>",
        ):
            assert words in page, words
        assert page.count(">Vera</a>") == 1
        assert page.count("Begin the training") == 2
        assert "D-3" not in page

    @pytest.mark.parametrize(
        ("kind", "names", "others"),
        [
            ("SIGNOFF", ["Process_Owner"], ["Una"]),
            ("TRAINING", ["Una", "Vera"], ["Wim"]),
            ("TEST", ["Vera", "Wim"], ["Una"]),
            ("DECISION", ["Sponsor"], ["Una"]),
            ("RISK", ["Sponsor"], ["Una"]),
            ("NO_SUCH", ["Una", "Wim"], []),
        ],
    )
    def test_keeps_one_kind(
        self, client: Client, desk: Desk, kind: str, names: list[str], others: list[str]
    ) -> None:
        page = page_of(client, desk.cast.auditor, desk, f"?kind={kind}")
        rows = page[page.index("<tbody>") : page.index("</tbody>")]
        assert all(f">{name}<" in rows for name in names)
        assert not any(f">{name}<" in rows for name in others)

    def test_says_of_nobody_that_it_was_asked(self, client: Client, desk: Desk) -> None:
        page = page_of(client, desk.cast.sponsor, desk, "?kind=DECISION")
        assert "2 people have not answered; Sponsor was asked first" in page
        decide(Decision.objects.get(decider=desk.cast.sponsor), by=desk.cast.sponsor, at=LATER)
        page = page_of(client, desk.cast.sponsor, desk, "?kind=DECISION")
        assert "Nobody is named.</p>" in page

    def test_leaves_out_who_answered(self, client: Client, desk: Desk) -> None:
        cast = desk.cast
        desk.sign(cast.process_owner, act=SignoffAct.REFUSED)
        for decision in Decision.objects.all():
            decide(decision, by=cast.sponsor, at=LATER)
        page = page_of(client, cast.sponsor, desk)
        assert "Sign or refuse" not in page
        assert "D-1" not in page

    def test_leaves_out_who_began_and_who_left(self, client: Client, desk: Desk) -> None:
        project = desk.cast.project
        person = make_person(project=project, name="Xaver")
        course = make_course(project=project)
        give_job_role(person=person, job_role=make_job_role(project=project, courses=[course]))
        make_tester(person=person)
        assert ">Xaver</a>" in page_of(client, desk.cast.sponsor, desk)
        make_run(scenario=desk.scenario, person=person)
        Standing.objects.create(project=project, person=person, course=course, practised_at=EARLY)
        assert ">Xaver</a>" not in page_of(client, desk.cast.sponsor, desk)
        gone = make_person(project=project, name="Yves", left_date=EARLY.date())
        give_job_role(person=gone, job_role=make_job_role(project=project, courses=[course]))
        make_tester(person=gone)
        assert ">Yves</a>" not in page_of(client, desk.cast.sponsor, desk)

    def test_takes_no_run_by_a_partner_for_an_answer(self, client: Client, desk: Desk) -> None:
        person = make_person(project=desk.cast.project, name="Xaver")
        make_tester(person=person)
        make_run(scenario=desk.scenario, person=person, affiliation="PARTNER")
        assert ">Xaver</a>" in page_of(client, desk.cast.sponsor, desk)

    @pytest.mark.parametrize(
        ("who", "held"),
        [
            ({"joined_date": TOMORROW}, {}),
            ({"left_date": YESTERDAY}, {}),
            ({}, {"from_date": TOMORROW}),
            ({}, {"to_date": YESTERDAY}),
        ],
    )
    def test_asks_nobody_to_learn_for_a_role_of_another_day(
        self, client: Client, desk: Desk, who: dict[str, date], held: dict[str, date]
    ) -> None:
        person = make_person(project=desk.cast.project, name="Xaver", **who)
        course = make_course(project=desk.cast.project)
        role = make_job_role(project=desk.cast.project, courses=[course])
        give_job_role(person=person, job_role=role, **held)
        assert "Xaver" not in page_of(client, desk.cast.sponsor, desk)

    def test_asks_nobody_to_test_before_the_day(self, client: Client, desk: Desk) -> None:
        person = make_person(project=desk.cast.project, name="Xaver")
        make_tester(person=person, from_date=TOMORROW)
        assert "Xaver" not in page_of(client, desk.cast.sponsor, desk)

    def test_says_so_when_everybody_answered(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.other_sponsor)
        own = reverse("readiness:unanswered-list", args=[desk.cast.other_project.public_id])
        page = client.get(own).content.decode()
        assert "Everybody who was asked has answered." in page
        assert "Nobody is silent" in page

    def test_does_not_exist_for_others(self, client: Client, desk: Desk) -> None:
        client.force_login(desk.cast.other_sponsor)
        where = reverse("readiness:unanswered-list", args=[desk.cast.project.public_id])
        assert client.get(where).status_code == 404

    def test_asks_little_of_the_database(self, client: Client, desk: Desk) -> None:
        page_of(client, desk.cast.sponsor, desk)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("readiness:unanswered-list", args=[desk.cast.project.public_id]))
        assert len(asked) == UNANSWERED_QUERIES

    def test_says_the_same_over_rest(self, desk: Desk) -> None:
        address = f"projects/{desk.cast.project.public_id}/unanswered/"
        caller = Caller.of(desk.cast.project_manager)
        body = caller.get(address).json()
        assert len(body["results"]) == 6
        (owner,) = caller.get(f"{address}?kind=SIGNOFF").json()["results"]
        assert owner["name"] == "Process_Owner"
        assert owner["asks"][0]["text"] == "Sign or refuse: 10 Order to cash"
        assert caller.get(f"{address}?kind=X").status_code == 400
        assert caller.get(f"{address}?who=X").status_code == 400
        assert Caller.of(desk.cast.other_sponsor).get(address).status_code == 404
