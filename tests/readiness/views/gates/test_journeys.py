"""What changed a project's status, told and drawn."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.people import make_cast
from tests.readiness.views.gates.cases import page_of
from tests.readiness.worlds import World

JOURNEY_QUERIES = 13


class TestShowJourney:
    def test_tells_every_change_with_its_causes_and_draws_them(
        self, client: Client, world: World
    ) -> None:
        page = page_of(client, world.cast.auditor, f"{world.address}history/")
        assert "What changed the status" in page
        assert 'id="pictures"' in page
        assert page.count('<svg class="chart"') >= 2

    def test_says_what_comes_first_before_there_is_any(self, client: Client, db: None) -> None:
        cast = make_cast()
        page = page_of(client, cast.sponsor, f"/p/{cast.project.public_id}/history/")
        assert "Nothing to draw yet" in page

    def test_asks_few_questions_of_the_database(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{world.address}history/")
        assert len(asked) == JOURNEY_QUERIES
