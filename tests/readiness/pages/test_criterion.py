"""The page of one criterion."""

import pytest

from governance.permissions import Seat, seat_of
from readiness.pages.criterion import criterion_page
from tests.factories import NOW, make_organisation, make_project, make_user
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


def seat(world: World, name: str = "sponsor") -> Seat:
    """Return the seat of somebody in the judged upgrade."""
    return seat_of(getattr(world.cast, name), project=world.cast.project)


class TestCriterionPage:
    def test_tells_what_was_found_and_what_to_do(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert (page.row.measured, page.row.of) == ("50 %", "1 of 2 scenarios")
        assert page.sentence
        assert page.todo
        assert not page.is_reported
        assert page.behind.href == f"{world.address}scenarios/?state=open"
        assert page.trail[-1].text == "G3 UX-01"

    def test_leads_to_asking_for_a_risk_where_one_may(self, world: World) -> None:
        asked = {
            name: criterion_page(seat(world, name), gate_key="G1", key="DX-01", now=NOW)
            for name in ("project_manager", "auditor")
        }
        manager, auditor = asked["project_manager"], asked["auditor"]
        assert manager is not None
        assert manager.ask_href == f"{world.address}risks/ask/?criterion=G1+DX-01"
        assert auditor is not None
        assert auditor.ask_href == ""
        accepted = criterion_page(
            seat(world, "project_manager"), gate_key="G1", key="DX-10", now=NOW
        )
        assert accepted is not None
        assert accepted.row.state == "ACCEPTED"

    def test_tells_since_when_it_stands_so_newest_first(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert [(past.day, past.figure) for past in page.past] == [
            ("Mon 1 Jun 2026", "50 %"),
            ("Sun 24 May 2026", "0 %"),
        ]

    def test_draws_a_share_against_its_glide_path(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert page.picture is not None
        assert "50.0 % measured" in page.picture.words
        count = criterion_page(seat(world), gate_key="G3", key="UX-02", now=NOW)
        assert count is not None
        assert count.picture is None

    def test_says_of_which_moment_its_number_is(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert page.as_of == page.fresh.as_of == "1 Jun 2026, 09:00"
        assert page.fresh.being_judged

    def test_leaves_out_days_on_which_nothing_changed(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G1", key="DX-01", now=NOW)
        assert page is not None
        assert len(page.past) == 1

    def test_leads_to_the_reports_behind_a_reported_figure(self, world: World) -> None:
        page = criterion_page(seat(world), gate_key="G1", key="DX-03", now=NOW)
        assert page is not None
        assert page.is_reported
        assert "/reported/" in page.behind.href
        assert page.report_href == ""

    def test_offers_the_report_to_whoever_may_give_it(self, world: World) -> None:
        page = criterion_page(seat(world, "project_manager"), gate_key="G1", key="DX-03", now=NOW)
        assert page is not None
        assert page.report_href == page.behind.href
        counted = criterion_page(
            seat(world, "project_manager"), gate_key="G3", key="UX-01", now=NOW
        )
        assert counted is not None
        assert (counted.is_reported, counted.report_href) == (False, "")

    @pytest.mark.parametrize(("gate", "key"), [("G3", "ZZ-99"), ("G9", "UX-01"), ("G1", "UX-01")])
    def test_is_nothing_for_a_criterion_that_was_not_judged(
        self, world: World, gate: str, key: str
    ) -> None:
        assert criterion_page(seat(world), gate_key=gate, key=key, now=NOW) is None

    def test_is_nothing_before_the_first_judgement(self, db: None) -> None:
        assert (
            criterion_page(
                seat_of(make_user(organisation=make_organisation()), project=make_project()),
                gate_key="G3",
                key="UX-01",
                now=NOW,
            )
            is None
        )
