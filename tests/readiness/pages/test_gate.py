"""The page of one project's gate."""

from datetime import timedelta

import pytest

from governance.models import Project
from readiness.pages.gate import gate_page, imprint_of, upgrade_text
from readiness.pages.recorded import body_of
from tests.factories import NOW, make_project
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


class TestGatePage:
    def test_shows_accepted_risks_until_when_and_what_is_done_instead(self, world: World) -> None:
        (risk,) = gate_page(world.cast.project, now=NOW).story.risks
        assert (risk.key, risk.who) == ("DX-10", "Sponsor (Sponsor)")
        assert (risk.until, risk.left) == ("11 Jun 2026, 07:00", "ends in 10 days")
        assert risk.control == "The sponsor answers within a day."

    def test_says_when_a_recorded_risk_has_ended_since(self, world: World) -> None:
        (risk,) = gate_page(world.cast.project, now=NOW + timedelta(days=10)).story.risks
        assert risk.left == "ended today"

    def test_shows_caveats(self, world: World) -> None:
        (caveat,) = gate_page(world.cast.project, now=NOW).story.caveats
        assert (caveat.text, caveat.when) == (
            "Porto has no training room.",
            "1 Jun 2026, 07:00",
        )

    def test_shows_every_finding_of_the_open_gates(self, world: World) -> None:
        story = gate_page(world.cast.project, now=NOW).story
        recorded = body_of(world.snapshot)["gates"]
        shown = {
            section.key: {row.key for row in [*section.red, *section.rows]}
            for section in story.sections
        }
        assert shown == {
            gate["key"]: {each["criterion"] for each in gate["findings"]}
            for gate in recorded
            if gate["verdict"] != "NOT_OPEN"
        }
        assert len(story.rail) == len(recorded)

    def test_draws_heat_map_and_small_lines(self, world: World) -> None:
        story = gate_page(world.cast.project, now=NOW).story
        assert [row.name for row in story.heat_rows] == ["10 Order to cash"]
        lines = {
            row.key: row.line for section in story.sections for row in [*section.red, *section.rows]
        }
        assert lines["UX-01"] is not None

    def test_tells_what_changed_the_status(self, world: World) -> None:
        story = gate_page(world.cast.project, now=NOW).story
        assert story.turns
        assert story.turns[0].when == "1 Jun 2026, 09:00"

    def test_is_kept_by_judgement_and_day(self, world: World) -> None:
        now, later = (
            gate_page(world.cast.project, now=moment) for moment in (NOW, NOW + timedelta(days=1))
        )
        assert now.stored_as == gate_page(world.cast.project, now=NOW).stored_as
        assert now.stored_as != later.stored_as
        assert world.snapshot.etag in now.stored_as
        assert now.version == world.snapshot.etag[:12]

    def test_reads_no_judgement_before_its_story_is_asked_for(self, world: World) -> None:
        page = gate_page(world.cast.project, now=NOW, reader=world.cast.sponsor)
        assert page.snapshot is not None
        assert "body" in page.snapshot.get_deferred_fields()

    def test_stands_before_the_first_judgement(self, db: None) -> None:
        project = make_project()
        page = gate_page(project, now=NOW)
        assert (page.judged, page.version, page.verdict) == (False, "", "NOT_OPEN")
        assert page.stored_as.startswith(f"{project.pk}-none-")
        story = page.story
        assert (story.agenda.first, story.rail, story.sections, story.turns) == ((), [], [], [])


class TestUpgradeText:
    def test_names_what_is_known(self) -> None:
        both = Project(from_platform="AX 2012", to_platform="D365")
        assert upgrade_text(both) == "AX 2012 to D365"
        assert upgrade_text(Project(to_platform="D365")) == "D365"
        assert upgrade_text(Project()) == ""


class TestImprintOf:
    def test_names_policy_rules_and_hashes(self, world: World) -> None:
        imprint = imprint_of(body_of(world.snapshot))
        assert imprint.startswith("Judged by policy erp-upgrade version ")
        assert str(world.snapshot.public_id) in imprint
        assert world.snapshot.inputs_hash[:16] in imprint

    def test_says_that_no_policy_was_adopted(self) -> None:
        assert imprint_of({"policy": None}) == "No policy has been adopted."
