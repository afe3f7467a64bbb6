"""Snapshots over REST."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from pytest_django import DjangoAssertNumQueries

from governance.api.shelf import Shelf
from governance.models import Project
from readiness.api import snapshots
from readiness.choices import FindingState, Verdict
from readiness.models import Finding, Snapshot
from tests.factories import NOW, make_policy, make_user
from tests.people import Cast, acting_for, make_cast
from tests.wire import Caller, make_snapshot, problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def address(cast: Cast, tail: str = "") -> str:
    return f"projects/{cast.project.public_id}/snapshots/{tail}"


def make_finding(snapshot: Snapshot, key: str, **fields: Any) -> Finding:
    fields.setdefault("gate_key", "G3")
    fields.setdefault("state", FindingState.MISSED)
    return Finding.objects.create(
        organisation_id=snapshot.organisation_id,
        project_id=snapshot.project_id,
        snapshot=snapshot,
        criterion_key=key,
        metric=f"metric of {key}",
        is_hard=True,
        **fields,
    )


class TestSnapshotList:
    def test_shows_a_line_for_each_judgement_newest_first(self, cast: Cast) -> None:
        policy = make_policy(project=cast.project)
        old = make_snapshot(project=cast.project, as_of=NOW - DAY, policy=policy)
        new = make_snapshot(project=cast.project, as_of=NOW, go_live_date=NOW.date())
        page = Caller.of(cast.sponsor).get(address(cast)).json()
        assert [row["id"] for row in page["results"]] == [str(new.public_id), str(old.public_id)]
        assert page["results"][0]["as_of"] == "2026-06-01T09:00:00Z"
        assert page["results"][0]["go_live_date"] == "2026-06-01"
        assert page["results"][1]["policy"] == f"{policy.key} 1"

    def test_filters_and_orders(self, cast: Cast) -> None:
        for number, verdict in enumerate([Verdict.GO, Verdict.NO_GO, Verdict.NO_GO]):
            make_snapshot(project=cast.project, as_of=NOW + number * DAY, verdict=verdict)
        caller = Caller.of(cast.sponsor)

        def days(query: str) -> list[str]:
            rows = caller.get(f"{address(cast)}?{query}").json()["results"]
            return [row["local_date"] for row in rows]

        assert days("verdict=NO_GO") == ["2026-06-03", "2026-06-02"]
        assert days("since=2026-06-02&ordering=as_of") == ["2026-06-02", "2026-06-03"]
        assert days("until=2026-06-01") == ["2026-06-01"]
        assert days("page_size=1&page=2") == ["2026-06-02"]

    def test_shows_a_new_judgement_at_once(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        caller = Caller.of(cast.sponsor)
        first = caller.get(address(cast))
        kept = caller.call("GET", address(cast), headers={"If-None-Match": first["ETag"]})
        assert kept.status_code == 304
        make_snapshot(project=cast.project, as_of=NOW + DAY)
        again = caller.call("GET", address(cast), headers={"If-None-Match": first["ETag"]})
        assert again.json()["count"] == 2

    def test_asks_the_database_little(
        self, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(20):
            make_snapshot(project=cast.project, as_of=NOW + number * DAY)
        caller = Caller.of(cast.sponsor)
        caller.get(address(cast))
        with django_assert_num_queries(2):  # the token; the project and its version
            caller.get(address(cast))

    def test_is_reached_by_those_who_reach_the_project(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        boss, other_boss = (
            make_user(organisation=organisation, is_administrator=True)
            for organisation in (cast.client, cast.other_client)
        )
        consultant = acting_for(cast.consultant, cast.client)
        everybody = [cast.sponsor, consultant, cast.stranger, cast.other_sponsor]
        for user in [*everybody, boss, other_boss]:
            reached = Project.objects.visible_to(user).filter(pk=cast.project.pk).exists()
            answer = Caller.of(user).get(address(cast))
            assert answer.status_code == (200 if reached else 404), user
        assert Caller.of(boss).get(address(cast)).status_code == 200

    def test_makes_a_page_again_when_the_memory_is_full(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        caller = Caller.of(cast.sponsor)
        with patch.object(snapshots, "_pages", Shelf(size=1)) as pages:
            first = caller.get(address(cast))
            caller.get(f"{address(cast)}?page_size=1")
            assert pages.get(first["ETag"].strip('"')) is None
            assert caller.get(address(cast)).content == first.content

    def test_keeps_the_pages_of_projects_apart(self, cast: Cast) -> None:
        make_snapshot(project=cast.project)
        make_snapshot(project=cast.other_project)
        other = f"projects/{cast.other_project.public_id}/snapshots/"
        assert Caller.of(cast.sponsor).get(address(cast)).status_code == 200
        assert Caller.of(cast.sponsor).get(other).status_code == 404


class TestSnapshotView:
    def test_sends_the_stored_bytes(self, cast: Cast) -> None:
        snapshot = make_snapshot(project=cast.project)
        answer = Caller.of(cast.sponsor).get(address(cast, f"{snapshot.public_id}/"))
        assert answer.content.decode() == snapshot.body
        assert answer["ETag"] == f'"{snapshot.etag}"'

    def test_sends_the_newest_under_its_own_name(self, cast: Cast) -> None:
        caller = Caller.of(cast.sponsor)
        assert caller.get(address(cast, "latest/")).status_code == 404
        make_snapshot(project=cast.project, as_of=NOW - DAY)
        newest = make_snapshot(project=cast.project)
        answer = caller.get(address(cast, "latest/"))
        assert answer.content.decode() == newest.body
        assert answer["Content-Location"] == f"../{newest.public_id}/"

    def test_sends_none_of_another_project(self, cast: Cast) -> None:
        foreign = make_snapshot(project=cast.other_project)
        answer = Caller.of(cast.sponsor).get(address(cast, f"{foreign.public_id}/"))
        assert answer.status_code == 404
        problem_of(answer)


class TestFindingList:
    def test_shows_numbers_as_they_were_measured(self, cast: Cast) -> None:
        snapshot = make_snapshot(project=cast.project)
        make_finding(snapshot, "UX-01", done=1, due=3, population=3, target=100)
        make_finding(snapshot, "UX-02", gate_key="G4", state=FindingState.MET)
        caller = Caller.of(cast.sponsor)
        findings = address(cast, f"{snapshot.public_id}/findings/")
        (row,) = caller.get(f"{findings}?gate=G3").json()["results"]
        assert (row["criterion"], row["done"], row["due"], row["target"]) == (
            "UX-01",
            1,
            3,
            "100.0000",
        )
        assert caller.get(f"{findings}?state=MET").json()["count"] == 1
        assert caller.get(f"{findings}?is_hard=false").json()["count"] == 0
