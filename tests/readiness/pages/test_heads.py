"""The head of a project's page, and how fresh it is."""

from datetime import UTC, timedelta

import pytest

from governance.services.marks import mark_projects
from readiness.choices import Verdict
from readiness.pages.heads import (
    current_version,
    freshness_of,
    head_of,
    newest_snapshot,
    untested_text,
)
from readiness.pages.recorded import body_of
from tests.factories import NOW, make_project
from tests.readiness.worlds import EARLIER, World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


class TestNewestSnapshot:
    def test_is_the_one_that_counted_at_the_moment(self, world: World) -> None:
        project = world.cast.project
        assert newest_snapshot(project, as_of=NOW) == world.snapshot
        before = newest_snapshot(project, as_of=EARLIER)
        assert before is not None
        assert before.as_of == EARLIER
        assert newest_snapshot(project, as_of=EARLIER - timedelta(seconds=1)) is None

    def test_leaves_its_body_until_it_is_asked_for(self, world: World) -> None:
        light = newest_snapshot(world.cast.project, as_of=NOW, light=True)
        assert light is not None
        assert "body" in light.get_deferred_fields()


class TestHeadOf:
    def test_repeats_the_recorded_judgement(self, world: World) -> None:
        body = body_of(world.snapshot)
        head = head_of(world.cast.project, world.snapshot, body, zone=UTC)
        assert head.verdict == Verdict.NO_GO
        assert f"NO-GO: {head.sentence[:1].lower()}{head.sentence[1:]}" == body["headline"]
        assert (head.go_live, head.countdown, head.t_minus) == (
            "Mon 13 Jul 2026",
            "in 42 days",
            "T-42",
        )
        assert head.hard_misses == body["hard_misses"]
        assert head.accepted_risks == 1
        assert head.reported == "green"
        assert head.gap.endswith("the evidence says no-go.")
        assert head.as_of == "1 Jun 2026, 09:00"

    def test_is_never_a_verdict_before_the_first_judgement(self, db: None) -> None:
        project = make_project(go_live_date=None)
        head = head_of(project, None, {}, zone=UTC)
        assert (head.verdict, head.sentence) == (Verdict.NOT_OPEN, "Not judged yet")
        assert (head.go_live, head.untested) == ("no date set", "")

    def test_counts_the_scenarios_that_nobody_tested(self, world: World) -> None:
        head = head_of(world.cast.project, world.snapshot, body_of(world.snapshot), zone=UTC)
        assert head.untested == "1 scenario nobody tested"
        assert head.untested_href == f"{world.address}scenarios/?state=open"


class TestUntestedText:
    def test_counts_or_is_silent(self) -> None:
        assert untested_text(1200) == "1,200 scenarios nobody tested"
        assert untested_text(0) == ""


class TestFreshnessOf:
    def test_says_that_a_change_came_after_the_judgement(self, world: World) -> None:
        project = world.cast.project
        world.cast.project.refresh_from_db()
        mark_projects(project_ids=[project.pk])
        fresh = freshness_of(project, world.snapshot, now=NOW, zone=UTC)
        assert fresh.being_judged

    def test_has_nothing_to_judge_again_before_the_first_judgement(self, db: None) -> None:
        project = make_project()
        fresh = freshness_of(project, None, now=NOW, zone=UTC)
        assert not fresh.being_judged
        assert "have=none-" in fresh.version_href


class TestCurrentVersion:
    def test_changes_with_a_judgement_and_with_a_mark(self, world: World) -> None:
        project = world.cast.project
        versions = {
            current_version(project, as_of=EARLIER),
            current_version(project, as_of=NOW),
        }
        mark_projects(project_ids=[project.pk])
        project = type(project).objects.get(pk=project.pk)
        versions.add(current_version(project, as_of=NOW))
        assert len(versions) == 3
