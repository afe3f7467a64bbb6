"""The door to the portfolio."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from governance.services.marks import mark_projects
from tests.factories import NOW
from tests.readiness.worlds import World, make_world

QUERIES = 13


@pytest.fixture
def world(db: None, time_machine: TimeMachineFixture) -> World:
    """Return a judged upgrade, looked at in the moment of its judgement."""
    found = make_world()
    time_machine.move_to(NOW, tick=False)
    return found


class TestListPortfolio:
    def test_asks_a_stranger_to_sign_in(self, client: Client, db: None) -> None:
        answer = client.get("/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")

    def test_answers_first_and_links_to_the_gate(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        page = client.get("/").content.decode()
        assert "0 of 1 upgrade can go live as planned; none needs you this week." in page
        assert f'href="{world.address}"' in page
        assert world.cast.other_project.name not in page

    def test_says_what_to_do_to_somebody_without_a_project(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.stranger)
        page = client.get("/").content.decode()
        assert "No upgrade to show yet" in page
        assert world.cast.project.name not in page

    @pytest.mark.parametrize(
        "asked",
        [
            {"q": "nothing like it"},
            {"verdict": "GO"},
            {"q": "nothing", "verdict": "GO", "page": "7"},
            {"need": "1"},
        ],
    )
    def test_says_so_when_nothing_matches(
        self, client: Client, world: World, asked: dict[str, str]
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert "Nothing matches" in client.get("/", asked).content.decode()

    def test_shrugs_at_an_address_that_makes_no_sense(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        asked = {"q": "x" * 5000, "verdict": "' OR 1=1", "page": "-3"}
        assert client.get("/", asked).status_code == 200

    def test_escapes_what_was_searched(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        page = client.get("/", {"q": '"><script>alert(1)</script>'}).content.decode()
        assert "<script>alert" not in page

    def test_asks_few_questions_of_the_database(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get("/")
        assert len(asked) == QUERIES


class TestShowPortfolioVersion:
    def test_tells_an_open_page_of_a_change_and_only_of_one(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.sponsor)
        page = client.get("/").content.decode()
        have = client.get("/version/").headers["ETag"].strip('"')
        assert f"/version/?have={have}" in page
        quiet = client.get("/version/", {"have": have})
        assert (quiet.status_code, quiet.headers.get("HX-Trigger")) == (204, None)
        mark_projects(project_ids=[world.cast.project.pk])
        told = client.get("/version/", {"have": have})
        assert told.headers["HX-Trigger"] == "portfolio-changed"

    def test_does_not_tell_of_what_the_account_may_not_see(
        self, client: Client, world: World
    ) -> None:
        client.force_login(world.cast.sponsor)
        have = client.get("/version/").headers["ETag"].strip('"')
        mark_projects(project_ids=[world.cast.other_project.pk])
        answer = client.get("/version/", {"have": have})
        assert "HX-Trigger" not in answer.headers

    def test_asks_a_stranger_to_sign_in(self, client: Client, db: None) -> None:
        assert client.get("/version/").status_code == 302
