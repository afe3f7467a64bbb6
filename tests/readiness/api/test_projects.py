"""Projects and processes over REST."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.choices import Phase
from governance.models import Project
from governance.services.marks import mark_projects
from readiness.choices import Verdict
from tests.factories import NOW, join, make_process, make_project
from tests.people import Cast, make_cast
from tests.wire import Caller, make_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


class TestProjectList:
    def test_shows_ones_own_with_the_newest_judgement(self, cast: Cast) -> None:
        make_snapshot(project=cast.project, as_of=NOW - timedelta(days=1), verdict=Verdict.GO)
        newest = make_snapshot(project=cast.project, mark_version=10)
        (row,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        assert row["id"] == str(cast.project.public_id)
        assert row["judgement"]["snapshot"] == str(newest.public_id)
        assert row["judgement"]["verdict"] == Verdict.NO_GO
        assert row["being_judged"] is False

    def test_says_when_a_judgement_is_old(self, cast: Cast) -> None:
        make_snapshot(project=cast.project, mark_version=1)
        mark_projects(project_ids=[cast.project.pk])
        (row,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        assert row["being_judged"] is True

    def test_has_no_judgement_before_the_first(self, cast: Cast) -> None:
        (row,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        assert row["judgement"] is None

    def test_says_as_the_portfolio_whether_an_executive_is_needed(self, cast: Cast) -> None:
        (calm,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        make_snapshot(project=cast.project, go_live_date=NOW.date() + timedelta(days=28))
        (pressed,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        Project.objects.filter(pk=cast.project.pk).update(phase=Phase.CLOSED)
        (closed,) = Caller.of(cast.sponsor).get("projects/").json()["results"]
        rows = (calm, pressed, closed)
        assert [row["needs_executive"] for row in rows] == [False, True, False]
        assert (pressed["requests_waiting"], pressed["acceptances_ending"]) == (0, 0)

    def test_filters_by_verdict_and_date(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        caller = Caller.of(cast.sponsor)
        counts = {
            query: caller.get(f"projects/?{query}").json()["count"]
            for query in ("verdict=NO_GO", "verdict=GO", "go_live_until=2026-07-13", "phase=UAT")
        }
        assert counts == {
            "verdict=NO_GO": 1,
            "verdict=GO": 0,
            "go_live_until=2026-07-13": 1,
            "phase=UAT": 0,
        }

    def test_asks_the_database_no_more_for_more_projects(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(10):
            project = make_project(organisation=cast.client)
            join(project=project, user=cast.sponsor)
            make_snapshot(project=project)
        caller = Caller.of(cast.sponsor)
        with django_assert_max_num_queries(8):
            assert caller.get("projects/").json()["count"] == 11


class TestProjectView:
    def test_shows_one(self, cast: Cast) -> None:
        row = Caller.of(cast.consultant).get(f"projects/{cast.project.public_id}/").json()
        assert (row["name"], row["client"]["name"]) == (cast.project.name, cast.client.name)


class TestProcessList:
    def test_keeps_codes_as_text_and_names_owners(self, cast: Cast) -> None:
        top = make_process(project=cast.project, code="65", name="Finance")
        make_process(
            project=cast.project,
            code="65.10.020",
            parent=top,
            accountable=top,
            owner=cast.process_owner,
        )
        make_process(project=cast.other_project, code="65.20")
        caller = Caller.of(cast.sponsor)
        processes = f"projects/{cast.project.public_id}/processes/"
        (row,) = caller.get(f"{processes}?below=65").json()["results"]
        assert (row["code"], row["parent_code"], row["accountable_code"], row["owner"]) == (
            "65.10.020",
            "65",
            "65",
            cast.process_owner.name,
        )
        assert caller.get(f"{processes}?owned=false").json()["results"][0]["code"] == "65"
        assert caller.get(f"{processes}{row['id']}/").json() == row
