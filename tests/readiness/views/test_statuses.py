"""The status somebody reports, beside the computed one; caveats on page one until resolved."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import Caveat, User
from readiness.choices import ReportedColour, Verdict
from readiness.models import CaveatResolution, ReportedStatus, Snapshot
from tests.factories import NOW
from tests.people import Cast, make_cast
from tests.readiness.worlds import World, make_world

pytestmark = pytest.mark.both_engines
STATUS_QUERIES = 11


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade that was reported green."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


def address(cast: Cast, name: str = "status-show", *words: object) -> str:
    """Return where something of the first project is."""
    return reverse(f"readiness:{name}", args=[cast.project.public_id, *words])


def post(client: Client, user: User, where: str, **fields: Any) -> Any:
    """Send a form as somebody."""
    client.force_login(user)
    return client.post(where, fields)


class TestShowStatus:
    def test_shows_the_reported_colour_beside_the_computed_verdict(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.auditor)
        page = client.get(address(world.cast, "status-show")).content.decode()
        assert Snapshot.objects.newest_first()[0].verdict == Verdict.NO_GO
        assert "1 item is reported better than the evidence says." in page
        assert "Better than it is" in page
        assert "Report the status</h2>" not in page

    def test_takes_colour_note_and_caveat(self, client: Client, world: World) -> None:
        answer = post(
            client,
            world.cast.project_manager,
            address(world.cast, "status-show"),
            gate_key="G3",
            colour="AMBER",
            note="Reversals are behind.",
            caveat="The test data is from March.",
        )
        assert answer.status_code == 302
        row = ReportedStatus.objects.get(gate_key="G3")
        assert (row.colour, row.note) == (ReportedColour.AMBER, "Reversals are behind.")
        assert Caveat.objects.filter(text="The test data is from March.").exists()

    def test_takes_a_colour_of_the_whole_project(self, client: Client, world: World) -> None:
        where = address(world.cast, "status-show")
        post(client, world.cast.sponsor, where, gate_key="PROJECT", colour="RED", note="Late.")
        assert ReportedStatus.objects.filter(gate_key="", colour=ReportedColour.RED).exists()
        page = client.get(where).content.decode()
        assert "Nobody reports better than the evidence says." in page

    @pytest.mark.parametrize(
        "fields", [{"gate_key": "G99", "colour": "RED"}, {"gate_key": "G3"}, {"colour": "RED"}]
    )
    def test_says_what_is_wrong(self, client: Client, world: World, fields: dict[str, str]) -> None:
        where = address(world.cast, "status-show")
        answer = post(client, world.cast.project_manager, where, **fields)
        assert answer.status_code == 422

    def test_says_so_when_another_colour_is_on_record_for_the_moment(
        self, client: Client, world: World
    ) -> None:
        where = address(world.cast, "status-show")
        for colour, status in (("RED", 302), ("AMBER", 422)):
            answer = post(client, world.cast.project_manager, where, gate_key="G3", colour=colour)
            assert answer.status_code == status

    def test_counts_the_last_written_of_two_reports_of_one_moment(self, world: World) -> None:
        cast = world.cast
        for colour, source in (("GREEN", "portfolio.csv"), ("RED", "status form")):
            ReportedStatus.objects.create(
                organisation=cast.client,
                project=cast.project,
                colour=colour,
                source=source,
                reporter=cast.sponsor,
                reporter_name="Sponsor",
                reported_at=NOW,
            )
        (newest,) = ReportedStatus.objects.filter(project=cast.project).newest_of_items()
        assert newest.colour == ReportedColour.RED

    @pytest.mark.parametrize("name", ["consultant", "process_owner", "auditor"])
    def test_is_refused_to_others(self, client: Client, world: World, name: str) -> None:
        where = address(world.cast, "status-show")
        answer = post(client, getattr(world.cast, name), where, gate_key="G3", colour="GREEN")
        assert answer.status_code == 403

    def test_says_that_nothing_is_judged_or_reported_yet(self, client: Client, db: None) -> None:
        cast = make_cast()
        client.force_login(cast.project_manager)
        page = client.get(address(cast, "status-show")).content.decode()
        assert "Not judged yet" in page
        assert "Nobody has given a colour yet." in page

    def test_says_what_was_reported_beside_what_is_computed(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.sponsor)
        fields = {"gate_key": "PROJECT", "colour": "AMBER"}
        page = client.post(address(world.cast), fields, follow=True).content.decode()
        assert "On record: The whole project, Amber. The evidence says: No-go." in page
        fields = {"gate_key": "G7", "colour": "GREEN"}
        page = client.post(address(world.cast), fields, follow=True).content.decode()
        assert "The evidence says: Not open." in page

    def test_says_so_when_nothing_is_computed_yet(self, client: Client, db: None) -> None:
        cast = make_cast()
        client.force_login(cast.sponsor)
        fields = {"gate_key": "PROJECT", "colour": "AMBER"}
        page = client.post(address(cast), fields, follow=True).content.decode()
        assert "Nothing is computed for it yet." in page

    def test_keeps_every_status_with_what_the_evidence_said_then(
        self, client: Client, world: World
    ) -> None:
        for number in range(25):
            ReportedStatus.objects.create(
                organisation=world.cast.client,
                project=world.cast.project,
                colour=ReportedColour.AMBER,
                note=f"Week {number}",
                reporter_name="Somebody",
                reported_at=NOW - timedelta(days=1, minutes=number),
                source="status form",
            )
        client.force_login(world.cast.auditor)
        page = client.get(address(world.cast)).content.decode()
        assert "while the evidence said" in page
        assert "Week 0" in page
        assert "Week 24" not in page
        assert "Week 24" in client.get(address(world.cast) + "?page=2").content.decode()

    @pytest.mark.parametrize(("field", "text"), [("note", "x" * 5001), ("caveat", "x" * 1001)])
    def test_keeps_words_that_are_too_many(
        self, client: Client, world: World, field: str, text: str
    ) -> None:
        fields = {"gate_key": "PROJECT", "colour": "RED", field: text}
        answer = post(client, world.cast.sponsor, address(world.cast), **fields)
        assert answer.status_code == 422
        assert text in answer.content.decode()
        assert not ReportedStatus.objects.filter(colour=ReportedColour.RED).exists()

    def test_refuses_a_caveat_that_stands_already(self, client: Client, world: World) -> None:
        text = Caveat.objects.get().text
        fields = {"gate_key": "PROJECT", "colour": "RED", "caveat": text}
        answer = post(client, world.cast.sponsor, address(world.cast), **fields)
        assert answer.status_code == 422
        assert "stands on page one already" in answer.content.decode()
        assert not ReportedStatus.objects.filter(colour=ReportedColour.RED).exists()

    def test_asks_little_of_the_database(self, client: Client, world: World) -> None:
        client.force_login(world.cast.project_manager)
        client.get(address(world.cast))
        with CaptureQueriesContext(connection) as asked:
            client.get(address(world.cast))
        assert len(asked) == STATUS_QUERIES

    def test_does_not_exist_for_others(self, client: Client, world: World) -> None:
        client.force_login(world.cast.other_sponsor)
        assert client.get(address(world.cast)).status_code == 404


class TestEndCaveat:
    def test_takes_the_caveat_off_page_one_and_keeps_it(self, client: Client, world: World) -> None:
        caveat = Caveat.objects.get()
        where = address(world.cast, "caveat-resolve", caveat.public_id)
        client.force_login(world.cast.project_manager)
        assert where in client.get(address(world.cast)).content.decode()
        assert caveat.text in client.get(where).content.decode()
        page = client.post(where, {"reason": "A room was found."}, follow=True).content.decode()
        assert "The caveat is resolved." in page
        assert "1 resolved" in page
        assert "A room was found." in page
        assert where not in page
        assert client.post(where, {"reason": "Again"}).status_code == 422
        assert CaveatResolution.objects.count() == 1

    def test_wants_a_reason(self, client: Client, world: World) -> None:
        where = address(world.cast, "caveat-resolve", Caveat.objects.get().public_id)
        answer = post(client, world.cast.sponsor, where, reason=" ")
        assert answer.status_code == 422
        assert "This field is required." in answer.content.decode()

    def test_is_refused_to_readers_and_hidden_from_others(
        self, client: Client, world: World
    ) -> None:
        where = address(world.cast, "caveat-resolve", Caveat.objects.get().public_id)
        for name, status in (("auditor", 403), ("consultant", 403), ("other_sponsor", 404)):
            user = getattr(world.cast, name)
            assert post(client, user, where, reason="x").status_code == status
        client.force_login(world.cast.auditor)
        assert where not in client.get(address(world.cast)).content.decode()
