"""The page of one project's gate: what it says, what it asks of the database."""

import re

from django.core.cache import cache
from django.core.cache.utils import make_template_fragment_key
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from readiness.pages.gate import gate_page
from readiness.pages.recorded import body_of, sentence_after_verdict
from tests.factories import NOW
from tests.people import make_cast
from tests.readiness.views.gates.cases import page_of
from tests.readiness.worlds import World

GATE_QUERIES = 13
STORY_KEPT_QUERIES = 10
PAGE_KEPT_QUERIES = 3


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

    def test_leads_from_its_numbers_to_their_rows(self, client: Client, world: World) -> None:
        page = page_of(client, world.cast.sponsor, world.address)
        assert (
            f'<a href="{world.address}scenarios/?state=open">1 scenario nobody tested</a>' in page
        )
        assert 'href="#actions-title"' in page
        assert f'href="{world.address}history/"' in page

    def test_folds_every_gate_but_the_most_pressing(self, client: Client, world: World) -> None:
        page = page_of(client, world.cast.sponsor, world.address)
        assert page.count('<details class="fold"') > 1
        assert len(re.findall(r'<details class="fold" id="G\d" open>', page)) == 1

    def test_asks_few_questions_of_the_database(self, client: Client, world: World) -> None:
        for name, expected in (
            ("sponsor", GATE_QUERIES),
            ("auditor", STORY_KEPT_QUERIES),
            ("auditor", PAGE_KEPT_QUERIES),
        ):
            client.force_login(getattr(world.cast, name))
            with CaptureQueriesContext(connection) as asked:
                client.get(world.address)
            assert len(asked) == expected, name
        assert not any('"body"' in query["sql"] for query in asked.captured_queries)

    def test_keeps_nothing_of_one_reader_for_the_others(self, client: Client, world: World) -> None:
        page_of(client, world.cast.sponsor, world.address)
        kept_as = gate_page(world.cast.project, now=NOW).stored_as
        for name in ("gate_verdict", "gate_story"):
            fragment = cache.get(make_template_fragment_key(name, [kept_as, "en"]))
            assert fragment
            assert "csrfmiddlewaretoken" not in fragment
            assert world.cast.sponsor.email not in fragment
            assert "<form" not in fragment
