"""What a process signature covers: every fact of the business, and no clock."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from governance.choices import Affiliation
from governance.models import BusinessProcess, Project
from readiness.metrics import process_evidence
from readiness.metrics.evidence import evidence_hash
from tests.factories import (
    GO_LIVE,
    NOW,
    RUN_AT,
    make_change,
    make_defect,
    make_defect_event,
    make_policy,
    make_process,
    make_project,
    make_run,
    make_scenario,
)
from tests.histories import mark_at, refresh_everything
from uat.models import Defect, Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
HOUR = timedelta(hours=1)
Facts = tuple[BusinessProcess, Scenario, Defect]


@pytest.fixture
def facts() -> Facts:
    process = make_process(project=make_project())
    scenario = make_scenario(project=process.project, process=process)
    make_run(scenario=scenario)
    return process, scenario, make_defect(project=process.project, scenario=scenario)


def _evidence(process: BusinessProcess, *, hours: int = 0) -> str:
    """Return the evidence, after making sure that both ways to read it agree."""
    project = process.project
    refresh_everything(project)
    as_of = NOW + hours * HOUR
    found = []
    for marked_at in (as_of, as_of + HOUR):
        mark_at(project, marked_at)
        found.append(process_evidence(project_ids=[project.pk], as_of=as_of)[process.pk])
    assert found[0] == found[1]
    return found[0]


def _add_run(facts: Facts) -> None:
    make_run(scenario=facts[1], executed_at=RUN_AT - HOUR)


def _add_change(facts: Facts) -> None:
    make_change(project=facts[0].project, changed_at=RUN_AT + HOUR)


def _add_scenario(facts: Facts) -> None:
    make_scenario(project=facts[0].project, process=facts[0])


def _leave_scenario_out(facts: Facts) -> None:
    Scenario.objects.update(in_scope=False)


def _close_defect(facts: Facts) -> None:
    make_defect_event(defect=facts[2], state="CLOSED", happened_at=RUN_AT + HOUR)


def _triage_defect(facts: Facts) -> None:
    Defect.objects.update(triage="TRAINING")


def _grow_scope(facts: Facts) -> None:
    make_process(project=facts[0].project, parent=facts[0], accountable=facts[0])


def _add_policy(facts: Facts) -> None:
    make_policy(project=facts[0].project)


def _add_partners_run(facts: Facts) -> None:
    make_run(scenario=facts[1], affiliation=Affiliation.PARTNER, executed_at=NOW)


def _touch_another_process(facts: Facts) -> None:
    other = make_process(project=facts[0].project)
    scenario = make_scenario(project=other.project, process=other)
    make_run(scenario=scenario)
    make_defect(project=other.project, process=other)
    make_change(project=other.project, process=other)


class TestProcessEvidence:
    @pytest.mark.parametrize(
        "act",
        [
            _add_run,
            _add_change,
            _add_scenario,
            _leave_scenario_out,
            _close_defect,
            _triage_defect,
            _grow_scope,
            _add_policy,
        ],
    )
    def test_changes_with_each_fact_it_covers(
        self, facts: Facts, act: Callable[[Facts], None]
    ) -> None:
        before = _evidence(facts[0])
        act(facts)
        assert _evidence(facts[0]) != before

    @pytest.mark.parametrize("act", [_add_partners_run, _touch_another_process])
    def test_does_not_change_with_what_it_does_not_cover(
        self, facts: Facts, act: Callable[[Facts], None]
    ) -> None:
        before = _evidence(facts[0])
        act(facts)
        assert _evidence(facts[0]) == before

    def test_does_not_change_while_time_passes(self, facts: Facts) -> None:
        assert _evidence(facts[0], hours=24 * 60) == _evidence(facts[0])

    def test_changes_with_the_go_live_date(self, facts: Facts) -> None:
        process = facts[0]
        mark_at(process.project, NOW)
        before = process_evidence(project_ids=[process.project_id], as_of=NOW)
        Project.objects.update(go_live_date=GO_LIVE + timedelta(days=7))
        assert process_evidence(project_ids=[process.project_id], as_of=NOW) != before

    def test_is_canonical_and_holds_the_counts(self, facts: Facts) -> None:
        body = _evidence(facts[0])
        content = json.loads(body)
        assert body == json.dumps(
            content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert content["go_live_date"] == str(date(2026, 7, 13))
        assert content["metrics"] == {
            "def.open_s1s2": [1, 1],
            "uat.exec_pct": [1, 1],
            "uat.pass_pct": [1, 1],
        }

    def test_covers_every_accountable_process_or_those_named(self, facts: Facts) -> None:
        process = facts[0]
        other = make_process(project=process.project)
        make_process(project=process.project, in_scope=False)
        ids = [process.project_id]
        assert set(process_evidence(project_ids=ids, as_of=NOW)) == {process.pk, other.pk}
        named = process_evidence(project_ids=ids, as_of=NOW, process_ids=[other.pk])
        assert set(named) == {other.pk}


class TestEvidenceHash:
    def test_is_sha_256_in_hexadecimal(self) -> None:
        assert evidence_hash("").startswith("e3b0c44298fc1c14")
