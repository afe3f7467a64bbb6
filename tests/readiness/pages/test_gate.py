"""The page of one project's gate."""

from datetime import timedelta

import pytest

from readiness.pages.gate import FIRST_ACTIONS, gate_page, imprint_of
from readiness.pages.recorded import body_of
from tests.factories import NOW, make_project
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


class TestGatePage:
    def test_lists_every_recorded_action_in_its_order(self, world: World) -> None:
        page = gate_page(world.cast.project, now=NOW)
        actions = [*page.actions, *page.more_actions]
        recorded = body_of(world.snapshot)["actions"]
        assert len(page.actions) == FIRST_ACTIONS
        assert [action.key for action in actions] == [each["criterion"] for each in recorded]
        assert actions[0].who == "Sponsor"
        assert actions[0].href == f"{world.address}criteria/G1/DX-01/"

    def test_shows_accepted_risks_until_when_and_what_is_done_instead(self, world: World) -> None:
        (risk,) = gate_page(world.cast.project, now=NOW).risks
        assert (risk.key, risk.who) == ("DX-10", "Sponsor (Sponsor)")
        assert (risk.until, risk.left) == ("11 Jun 2026, 07:00", "ends in 10 days")
        assert risk.control == "The sponsor answers within a day."

    def test_says_when_a_recorded_risk_has_ended_since(self, world: World) -> None:
        (risk,) = gate_page(world.cast.project, now=NOW + timedelta(days=10)).risks
        assert risk.left == "ended today"

    def test_shows_caveats(self, world: World) -> None:
        (caveat,) = gate_page(world.cast.project, now=NOW).caveats
        assert (caveat.text, caveat.when) == (
            "Porto has no training room.",
            "1 Jun 2026, 07:00",
        )

    def test_shows_every_finding_of_the_open_gates(self, world: World) -> None:
        page = gate_page(world.cast.project, now=NOW)
        recorded = body_of(world.snapshot)["gates"]
        shown = {section.key: {row.key for row in section.rows} for section in page.sections}
        assert shown == {
            gate["key"]: {each["criterion"] for each in gate["findings"]}
            for gate in recorded
            if gate["verdict"] != "NOT_OPEN"
        }
        assert len(page.rail) == len(recorded)

    def test_draws_heat_map_and_trend(self, world: World) -> None:
        page = gate_page(world.cast.project, now=NOW)
        assert [row.name for row in page.heat_rows] == ["10 Order to cash"]
        assert page.trend is not None

    def test_stands_before_the_first_judgement(self, db: None) -> None:
        page = gate_page(make_project(), now=NOW)
        assert not page.judged
        assert (page.actions, page.rail, page.sections, page.trend) == ([], [], [], None)


class TestImprintOf:
    def test_names_policy_rules_and_hashes(self, world: World) -> None:
        imprint = imprint_of(body_of(world.snapshot))
        assert imprint.startswith("Judged by policy erp-upgrade version ")
        assert str(world.snapshot.public_id) in imprint
        assert world.snapshot.inputs_hash[:16] in imprint

    def test_says_that_no_policy_was_adopted(self) -> None:
        assert imprint_of({"policy": None}) == "No policy has been adopted."
