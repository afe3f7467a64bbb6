"""One criterion of a gate, and the rows that its number leads to."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readiness.models import Criterion
from readiness.pages.behind import REPORTED_PART, TABLE_PART, behind
from tests.readiness.views.gates.cases import page_of
from tests.readiness.worlds import World

CRITERION_QUERIES = 11


class TestShowCriterion:
    def test_says_that_its_rows_are_newer_than_its_number(
        self, client: Client, world: World
    ) -> None:
        page = page_of(client, world.cast.sponsor, f"{world.address}criteria/G3/UX-01/")
        assert "Being judged again." in page
        assert "the number above is of 1 Jun 2026, 09:00" in page

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
