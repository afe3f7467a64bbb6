"""The doors to one project's gate: who gets in, what is asked of the database."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.utils import make_template_fragment_key
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from time_machine import TimeMachineFixture

from governance.models import User
from governance.services.marks import mark_projects
from readiness.models import Criterion, Visit
from readiness.pages.behind import REPORTED_PART, TABLE_PART, behind
from readiness.pages.gate import gate_page
from readiness.pages.recorded import body_of, sentence_after_verdict
from tests.factories import NOW
from tests.people import make_cast
from tests.readiness.worlds import World, judge_now, make_world

GATE_QUERIES = 13
STORY_KEPT_QUERIES = 10
PAGE_KEPT_QUERIES = 3
VERSION_QUERIES = 6
CRITERION_QUERIES = 11
JOURNEY_QUERIES = 13


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


class TestTakeNote:
    def send(self, client: Client, world: World, **fields: str) -> Any:
        """Send what an open page sends."""
        shown = {"shown": str(world.snapshot.public_id)}
        return client.post(f"{world.address}seen/", shown | fields)

    def test_remembers_what_was_shown_without_a_word(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        client.get(world.address)
        assert not Visit.objects.exists(), "looking alone changes nothing"
        address = f"{world.address}seen/"
        shown = {"shown": str(world.snapshot.public_id)}
        answer = client.post(address, shown, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert Visit.objects.get().user == world.cast.sponsor

    def test_tells_what_changed_when_somebody_comes_back(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert "When you come back" in client.get(world.address).content.decode()
        self.send(client, world)
        time_machine.move_to(NOW + timedelta(days=1), tick=False)
        page = page_of(client, world.cast.sponsor, world.address)
        assert "Nothing was judged differently since your last visit, 24 h ago." in page
        judge_now(world.cast, as_of=NOW + timedelta(days=12))
        time_machine.move_to(NOW + timedelta(days=12), tick=False)
        page = page_of(client, world.cast.sponsor, world.address)
        assert "Since your last visit" in page
        assert "The acceptance of 1 risk ended." in page
        assert "I have read this" in page

    def test_puts_the_news_away_when_they_were_read(
        self, client: Client, world: World, time_machine: TimeMachineFixture
    ) -> None:
        client.force_login(world.cast.sponsor)
        self.send(client, world)
        later = judge_now(world.cast, as_of=NOW + timedelta(days=12))
        time_machine.move_to(NOW + timedelta(days=12), tick=False)
        client.force_login(world.cast.sponsor)
        answer = self.send(client, world, shown=str(later.public_id), all="1")
        assert (answer.status_code, answer["Location"]) == (302, world.address)
        page = client.get(world.address).content.decode()
        assert "Nothing was judged differently" in page

    @pytest.mark.parametrize("shown", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_knows_only_judgements_of_the_project(
        self, client: Client, world: World, shown: str
    ) -> None:
        client.force_login(world.cast.sponsor)
        assert self.send(client, world, shown=shown).status_code == 404
        assert not Visit.objects.exists()

    def test_is_taken_from_everybody_in_the_project(self, client: Client, world: World) -> None:
        for name in ("auditor", "consultant"):
            client.force_login(getattr(world.cast, name))
            assert self.send(client, world).status_code == 302
        assert Visit.objects.count() == 2

    @pytest.mark.parametrize("who", ["stranger", "other_sponsor"])
    def test_is_not_there_for_strangers(self, client: Client, world: World, who: str) -> None:
        client.force_login(getattr(world.cast, who))
        assert self.send(client, world).status_code == 404

    def test_asks_who_has_not_signed_in_to_do_so(self, client: Client, world: World) -> None:
        assert "/accounts/login/" in self.send(client, world)["Location"]

    def test_is_no_page(self, client: Client, world: World) -> None:
        client.force_login(world.cast.sponsor)
        assert client.get(f"{world.address}seen/").status_code == 405


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


@pytest.mark.parametrize("page", ["", "version/", "history/", "criteria/G3/UX-01/"])
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
