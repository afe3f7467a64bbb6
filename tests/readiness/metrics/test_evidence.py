"""What a process signature covers: every fact of the business, and no clock."""

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from governance.choices import Affiliation
from governance.models import BusinessProcess, Decision, Project
from governance.record.canonical import canonical
from readiness.metrics import process_evidence
from readiness.metrics.evidence import evidence_hash
from readiness.models import Exemption
from tests.factories import (
    EARLY,
    GO_LIVE,
    NOW,
    RUN_AT,
    make_change,
    make_defect,
    make_defect_event,
    make_photo,
    make_policy,
    make_process,
    make_project,
    make_run,
    make_scenario,
    make_user,
)
from tests.histories import mark_at, refresh_everything
from tests.questions import decide, make_assumption, make_decision
from uat.models import Defect, Execution, Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
HOUR = timedelta(hours=1)
QUESTIONS = 12
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


def _rename_process(facts: Facts) -> None:
    BusinessProcess.objects.update(name="Order to cash, worldwide")


def _rename_project(facts: Facts) -> None:
    Project.objects.update(name="Another name")


def _raise_decision(facts: Facts) -> None:
    decision = make_decision(project=facts[0].project, recorded_at=EARLY)
    decision.blocked_processes.add(facts[0])


def _write_assumption(facts: Facts) -> None:
    assumption = make_assumption(project=facts[0].project, recorded_at=EARLY)
    assumption.blocked_processes.add(facts[0])


def _set_criterion_aside(facts: Facts) -> None:
    project = facts[0].project
    Exemption.objects.create(
        organisation=project.organisation,
        project=project,
        criterion_key="UX-19",
        reason="Nobody trains here.",
        approver=make_user(organisation=project.organisation),
        approved_at=EARLY,
        recorded_at=EARLY,
    )


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
            _rename_process,
            _rename_project,
            _raise_decision,
            _write_assumption,
            _set_criterion_aside,
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
        assert body == canonical(content)
        assert content["go_live_date"] == str(date(2026, 7, 13))
        assert content["metrics"] == {
            "def.open_s1s2": [1, 1],
            "uat.exec_pct": [1, 1],
            "uat.pass_pct": [1, 1],
        }

    def test_names_what_it_is_about_and_each_run_with_its_photos(self, facts: Facts) -> None:
        process = facts[0]
        make_policy(project=process.project)
        run = Execution.objects.get()
        photo = make_photo(run=run)
        later = photo.recorded_at + HOUR
        refresh_everything(process.project)
        ids = [process.project_id]
        content = json.loads(process_evidence(project_ids=ids, as_of=later)[process.pk])
        assert content["version"] == 2
        assert content["process"]["id"] == str(process.public_id)
        assert content["project"]["id"] == str(process.project.public_id)
        assert content["gates"] == ["G3"]
        (scenario,) = content["scenarios"]
        assert (scenario[5], scenario[9]) == (str(run.public_id), [photo.sha256])

    def test_is_canonical_for_odd_letters_too(self, facts: Facts) -> None:
        odd = 'Zoë \u2028 "quoted" \\ \x7f \U0001f4e6'
        BusinessProcess.objects.update(name=odd)
        body = _evidence(facts[0])
        assert json.loads(body)["process"]["name"] == odd
        assert body == canonical(json.loads(body))

    def test_forgets_a_decision_once_it_is_taken(self, facts: Facts) -> None:
        before = _evidence(facts[0])
        _raise_decision(facts)
        during = json.loads(_evidence(facts[0]))["conditions"]
        assert during == [["DECISION", "D-1"]]
        decide(
            Decision.objects.get(),
            by=make_user(organisation=facts[0].organisation),
            at=RUN_AT,
            recorded_at=RUN_AT,
        )
        assert _evidence(facts[0]) == before

    def test_asks_as_often_for_many_processes_as_for_one(
        self, facts: Facts, django_assert_num_queries: Callable[[int], object]
    ) -> None:
        ids = [facts[0].project_id]
        for _ in range(3):
            other = make_process(project=facts[0].project)
            make_run(scenario=make_scenario(project=other.project, process=other))
        mark_at(facts[0].project, NOW - HOUR)
        with django_assert_num_queries(QUESTIONS):  # type: ignore[attr-defined]
            process_evidence(project_ids=ids, as_of=NOW, process_ids=[facts[0].pk])
        with django_assert_num_queries(QUESTIONS):  # type: ignore[attr-defined]
            process_evidence(project_ids=ids, as_of=NOW)

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
