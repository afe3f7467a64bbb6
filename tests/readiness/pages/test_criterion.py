"""The page of one criterion."""

import pytest
from django.urls import reverse

from readiness.models import Criterion
from readiness.pages.criterion import behind, criterion_page
from tests.factories import NOW, make_project
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


class TestCriterionPage:
    def test_tells_what_was_found_and_what_to_do(self, world: World) -> None:
        page = criterion_page(world.cast.project, gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert (page.row.measured, page.row.of) == ("50 %", "1 of 2 scenarios")
        assert page.sentence
        assert page.todo
        assert not page.is_reported
        assert page.behind.href == f"{world.address}scenarios/?state=open"
        assert page.trail[-1].text == "G3 UX-01"

    def test_tells_since_when_it_stands_so_newest_first(self, world: World) -> None:
        page = criterion_page(world.cast.project, gate_key="G3", key="UX-01", now=NOW)
        assert page is not None
        assert [(past.day, past.figure) for past in page.past] == [
            ("Mon 1 Jun 2026", "50 %"),
            ("Sun 24 May 2026", "0 %"),
        ]

    def test_leaves_out_days_on_which_nothing_changed(self, world: World) -> None:
        page = criterion_page(world.cast.project, gate_key="G1", key="DX-01", now=NOW)
        assert page is not None
        assert len(page.past) == 1

    def test_leads_to_the_reports_behind_a_reported_figure(self, world: World) -> None:
        page = criterion_page(world.cast.project, gate_key="G1", key="DX-03", now=NOW)
        assert page is not None
        assert page.is_reported
        assert "/reported/" in page.behind.href

    @pytest.mark.parametrize(("gate", "key"), [("G3", "ZZ-99"), ("G9", "UX-01"), ("G1", "UX-01")])
    def test_is_nothing_for_a_criterion_that_was_not_judged(
        self, world: World, gate: str, key: str
    ) -> None:
        assert criterion_page(world.cast.project, gate_key=gate, key=key, now=NOW) is None

    def test_is_nothing_before_the_first_judgement(self, db: None) -> None:
        assert criterion_page(make_project(), gate_key="G3", key="UX-01", now=NOW) is None


class TestBehind:
    def test_leads_somewhere_for_every_metric_of_the_policy(self, world: World) -> None:
        project = world.cast.project
        for metric in Criterion.objects.values_list("metric", flat=True):
            found = behind(project, metric)
            assert found.title
            assert found.href.startswith(world.address)

    def test_knows_where_the_counted_ones_are(self, world: World) -> None:
        project = world.cast.project
        names = {
            "uat.pass_pct": "uat:scenario-list",
            "def.open_s1s2": "uat:defect-list",
            "trn.prof_pct": "training:roster-list",
            "own.po_assigned_pct": "governance:owner-list",
            "sign.po_valid_pct": "readiness:process-list",
            "dec.blocking_open": "governance:decision-list",
            "asm.unratified": "governance:assumption-list",
            "gate.upstream_valid": "readiness:gate-show",
        }
        for metric, name in names.items():
            address = reverse(name, args=[project.public_id])
            assert behind(project, metric).href.split("?")[0] == address
