"""Where the rows behind a metric are."""

import pytest
from django.urls import reverse

from readiness.models import Criterion
from readiness.pages.behind import behind
from tests.readiness.worlds import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """Return a judged upgrade."""
    return make_world()


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
            "trn.prof_pct": "training:trainee-list",
            "own.po_assigned_pct": "governance:owner-list",
            "sign.po_valid_pct": "readiness:process-list",
            "dec.blocking_open": "governance:decision-list",
            "asm.unratified": "governance:assumption-list",
            "gate.upstream_valid": "readiness:gate-show",
        }
        for metric, name in names.items():
            address = reverse(name, args=[project.public_id])
            assert behind(project, metric).href.split("?")[0] == address

    def test_asks_for_exactly_what_a_number_misses(self, world: World) -> None:
        project = world.cast.project
        asked = {
            "uat.exec_pct": "state=open",
            "uat.pass_pct": "state=unpassed",
            "uat.stale_pass_pct": "state=old_pass",
            "def.open_s1s2": "severity=serious",
            "def.open_ml_pct": "severity=minor",
            "def.owned_pct": "care=none",
            "trn.complete_pct": "need=mandatory&state=not-completed",
            "trn.prof_pct": "check=with&need=mandatory&state=open",
        }
        for metric, question in asked.items():
            assert behind(project, metric).href.endswith(f"?{question}")

    def test_leads_to_the_reports_of_what_people_report(self, world: World) -> None:
        found = behind(world.cast.project, "wvr.open", is_reported=True)
        assert found.href == f"{world.address}reported/wvr.open/"
