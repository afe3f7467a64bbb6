"""What moved within a week: every number leads to its rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import User
from tests.factories import (
    NOW,
    make_course,
    make_defect,
    make_defect_event,
    make_person,
    make_record,
    make_run,
)
from tests.questions import decide, make_decision
from tests.readiness.worlds import World, make_world
from tests.signing import LATER, make_desk
from tests.wire import Caller, make_snapshot
from uat.models import Scenario

pytestmark = pytest.mark.both_engines
WEEK_QUERIES = 15


def world_scenario(world: World) -> Scenario:
    """Return a scenario of the world's process."""
    return Scenario.objects.filter(process=world.process).order_by("pk")[0]


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return an upgrade in which something of each kind moved within the week."""
    found = make_world()
    project = found.cast.project
    scenario = world_scenario(found)
    moved = NOW - timedelta(days=2)
    for result in ("PASSED", "FAILED"):
        make_run(scenario=scenario, result=result, executed_at=moved)
    make_run(scenario=scenario, affiliation="PARTNER", executed_at=moved)
    defect = make_defect(project=project, raised_at=moved, title="Wrong total")
    make_defect_event(defect=defect, state="CLOSED", happened_at=moved + timedelta(hours=1))
    person = make_person(project=project, name="Una")
    make_record(person=person, course=make_course(project=project), happened_at=moved)
    decision = make_decision(project=project)
    decide(decision, by=found.cast.sponsor, at=moved, outcome="Yes, from the first day")
    time_machine.move_to(NOW, tick=False)
    return found


def week_of(client: Client, user: User, world: World, query: str = "") -> str:
    """Return what moved."""
    client.force_login(user)
    where = reverse("readiness:week-show", args=[world.cast.project.public_id])
    return client.get(where + query).content.decode()


class TestShowWeek:
    def test_says_first_whether_the_verdict_moved(self, client: Client, world: World) -> None:
        page = week_of(client, world.cast.project_manager, world)
        assert "No-go, as a week ago;" in page
        assert "From 25 May 2026, 09:00 to 1 Jun 2026, 09:00." in page

    @pytest.mark.parametrize(
        ("show", "number", "words"),
        [
            ("RUNS", 2, "Failed, Somebody of the business"),
            ("PASSES", 1, "Passed, Somebody of the business"),
            ("DEFECTS_OPENED", 1, "Wrong total"),
            ("DEFECTS_CLOSED", 1, "Wrong total"),
            ("TRAINING", 1, "Una"),
            ("DECISIONS", 1, "Yes, from the first day (Sponsor)"),
            ("SIGNATURES", 0, "Nothing of this kind moved within the week."),
        ],
    )
    def test_leads_from_each_number_to_its_rows(
        self, client: Client, world: World, show: str, number: int, words: str
    ) -> None:
        page = week_of(client, world.cast.auditor, world, f"?show={show}")
        assert f'?show={show}#rows" aria-current="true"><strong>{number}</strong>' in page
        rows = page[page.index('id="rows"') :]
        assert words in rows
        assert rows.count('<a class="row-title"') == number

    def test_leads_to_the_rows_of_the_week_before(self, client: Client, world: World) -> None:
        make_run(scenario=world_scenario(world), executed_at=NOW - timedelta(days=9))
        page = week_of(client, world.cast.auditor, world, "?show=RUNS&week=before")
        rows = page[page.index('id="rows"') :]
        assert "Runs by the business, the week before" in rows
        assert rows.count('<a class="row-title"') == 1

    def test_shows_how_findings_changed(self, client: Client, world: World) -> None:
        page = week_of(client, world.cast.sponsor, world, "?show=NO_SUCH")
        rows = page[page.index('id="rows"') :]
        assert "Findings changed: " in page.replace('<span class="num">', "")
        assert "/criteria/" in rows
        assert "became" in rows

    def test_lists_signatures(
        self, client: Client, db: None, time_machine: TimeMachineFixture
    ) -> None:
        desk = make_desk()
        time_machine.move_to(LATER, tick=False)
        signed = desk.sign(desk.cast.process_owner)
        signed.refresh_from_db()
        time_machine.move_to(signed.signed_at + timedelta(hours=1), tick=False)
        client.force_login(desk.cast.sponsor)
        where = reverse("readiness:week-show", args=[desk.cast.project.public_id])
        page = client.get(f"{where}?show=SIGNATURES").content.decode()
        assert "Signed, Process_Owner" in page

    def test_says_so_when_nothing_was_judged(self, client: Client, world: World) -> None:
        cast = world.cast
        client.force_login(cast.other_sponsor)
        own = reverse("readiness:week-show", args=[cast.other_project.public_id])
        assert "Nothing has been judged yet." in client.get(own).content.decode()
        where = reverse("readiness:week-show", args=[cast.project.public_id])
        assert client.get(where).status_code == 404

    def test_says_what_was_and_what_is(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        time_machine.move_to(NOW + timedelta(hours=2), tick=False)
        later = NOW + timedelta(hours=1)
        make_snapshot(project=world.cast.project, as_of=later, verdict="GO")
        assert "Go, a week ago No-go;" in week_of(client, world.cast.sponsor, world)
        make_snapshot(project=world.cast.other_project, as_of=NOW, verdict="GO")
        client.force_login(world.cast.other_sponsor)
        own = reverse("readiness:week-show", args=[world.cast.other_project.public_id])
        assert "Go; nothing was judged a week ago." in client.get(own).content.decode()

    def test_asks_little_of_the_database(self, client: Client, world: World) -> None:
        week_of(client, world.cast.sponsor, world)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("readiness:week-show", args=[world.cast.project.public_id]))
        assert len(asked) == WEEK_QUERIES

    def test_says_the_same_over_rest(self, world: World) -> None:
        address = f"projects/{world.cast.project.public_id}/week/"
        body = Caller.of(world.cast.consultant).get(address).json()
        assert (body["verdict"], body["verdict_before"]) == ("NO_GO", "NO_GO")
        counts = {row["kind"]: (row["number"], row["before"]) for row in body["moved"]}
        assert counts["RUNS"] == (2, 0)
        assert counts["FINDINGS"][0] == len(body["findings"])
        assert Caller.of(world.cast.other_sponsor).get(address).status_code == 404
