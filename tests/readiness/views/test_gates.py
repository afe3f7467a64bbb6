"""The doors to one project's gate: who gets in, what is asked of the database."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from governance.models import User
from governance.services.marks import mark_projects
from readiness.models import Criterion
from readiness.pages.criterion import REPORTED_PART, TABLE_PART, behind
from readiness.pages.recorded import body_of, sentence_after_verdict
from tests.factories import NOW
from tests.people import make_cast
from tests.readiness.worlds import World, make_world

GATE_QUERIES = 10
VERSION_QUERIES = 6
CRITERION_QUERIES = 9


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade, looked at in the moment of its judgement."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


def page_of(client: Client, user: User, address: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestShowGate:
    def test_says_verdict_reasons_and_gap_as_they_were_recorded(
        self, client: Client, world: World
    ) -> None:
        page = page_of(client, world.cast.sponsor, world.address)
        assert "verdict-lg" in page
        assert sentence_after_verdict(world.snapshot.headline) in page
        assert "Reported better than it is." in page
        assert "Porto has no training room." in page
        assert "The sponsor answers within a day." in page

    def test_shows_the_number_of_every_finding_it_recorded(
        self, client: Client, world: World
    ) -> None:
        page = page_of(client, world.cast.sponsor, world.address)
        for gate in body_of(world.snapshot)["gates"]:
            for finding in gate["findings"]:
                assert f'id="{finding["criterion"]}"' in page
                assert finding["measured"] in page

    def test_says_that_it_is_being_judged_again(self, client: Client, world: World) -> None:
        assert "Being judged again" in page_of(client, world.cast.auditor, world.address)

    def test_offers_the_report(self, client: Client, world: World) -> None:
        page = page_of(client, world.cast.sponsor, world.address)
        assert f"{world.address}reports/request/" in page

    def test_stands_before_the_first_judgement(self, client: Client, db: None) -> None:
        cast = make_cast()
        page = page_of(client, cast.sponsor, f"/p/{cast.project.public_id}/")
        assert "Not judged yet" in page
        assert "verdict-go" not in page

    def test_asks_few_questions_of_the_database(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(world.address)
        assert len(asked) == GATE_QUERIES


@pytest.mark.parametrize("page", ["", "version/", "criteria/G3/UX-01/"])
class TestReach:
    @pytest.mark.parametrize("who", ["stranger", "other_sponsor"])
    def test_is_not_there_for_whoever_takes_no_part(
        self, client: Client, world: World, page: str, who: str
    ) -> None:
        client.force_login(getattr(world.cast, who))
        foreign = client.get(f"{world.address}{page}")
        missing = client.get(f"/p/00000000-0000-4000-8000-000000000000/{page}")
        assert foreign.status_code == missing.status_code == 404
        assert world.cast.project.name not in foreign.content.decode()

    def test_asks_a_stranger_to_sign_in(self, client: Client, world: World, page: str) -> None:
        answer = client.get(f"{world.address}{page}")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")

    @pytest.mark.parametrize("who", ["sponsor", "process_owner", "consultant", "auditor"])
    def test_is_there_for_everybody_in_the_project(
        self, client: Client, world: World, page: str, who: str
    ) -> None:
        client.force_login(getattr(world.cast, who))
        assert client.get(f"{world.address}{page}").status_code in (200, 204)

    def test_takes_nothing(self, client: Client, world: World, page: str) -> None:
        client.force_login(world.cast.sponsor)
        assert client.post(f"{world.address}{page}").status_code == 405


class TestShowVersion:
    def version_of(self, client: Client, world: World) -> str:
        """Return the version the server tells."""
        etag: str = client.get(f"{world.address}version/").headers["ETag"]
        return etag.strip('"')

    def test_is_silent_while_nothing_changed(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        have = self.version_of(client, world)
        answer = client.get(f"{world.address}version/", {"have": have})
        assert (answer.status_code, answer.content) == (204, b"")
        assert "HX-Trigger" not in answer.headers
        assert f"have={have}" in page_of(client, world.cast.sponsor, world.address)

    def test_tells_an_open_page_that_something_changed(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        have = self.version_of(client, world)
        mark_projects(project_ids=[world.cast.project.pk])
        answer = client.get(f"{world.address}version/", {"have": have})
        assert answer.headers["HX-Trigger"] == "gate-changed"

    def test_is_cheap(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{world.address}version/")
        assert len(asked) == VERSION_QUERIES
        assert not any('"body"' in query["sql"] for query in asked.captured_queries)


class TestShowCriterion:
    def test_shows_what_was_found_and_leads_to_the_rows(self, client: Client, world: World) -> None:
        page = page_of(client, world.cast.sponsor, f"{world.address}criteria/G3/UX-01/")
        assert "1 of 2 scenarios" in page
        assert f'href="{world.address}scenarios/?state=open"' in page

    def test_finds_the_part_it_shows_on_every_page_it_leads_to(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.sponsor)
        project = world.cast.project
        for metric in Criterion.objects.order_by("metric").values_list("metric", flat=True):
            found = behind(project, metric)
            answer = client.get(found.href)
            assert answer.status_code == 200, metric
            if found.part == TABLE_PART and "empty-state" not in answer.content.decode():
                assert 'class="table-box' in answer.content.decode(), metric
            if found.part == REPORTED_PART:
                assert 'aria-labelledby="m-history"' in answer.content.decode(), metric

    @pytest.mark.parametrize("address", ["criteria/G3/ZZ-99/", "criteria/G9/UX-01/"])
    def test_is_not_there_for_what_was_not_judged(
        self, client: Client, world: World, address: str
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert client.get(f"{world.address}{address}").status_code == 404

    def test_asks_few_questions_of_the_database(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{world.address}criteria/G3/UX-01/")
        assert len(asked) == CRITERION_QUERIES
