"""Which processes stand signed on their scope as it is."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from governance.choices import SignoffAct, SignoffKind
from governance.models import BusinessProcess
from readiness.metrics import process_scopes
from tests.acts import put_signature
from tests.factories import (
    EARLY,
    NOW,
    RUN_AT,
    make_process,
    make_project,
    make_run,
    make_scenario,
)
from tests.histories import refresh_everything
from tests.measuring import share_of
from uat.models import Scenario

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def process() -> BusinessProcess:
    """Return a process with one scenario and a part that is out of scope."""
    found = make_process(project=make_project())
    make_process(project=found.project, parent=found, accountable=found, in_scope=False)
    make_scenario(project=found.project, process=found)
    return found


def scope_of(process: BusinessProcess) -> str:
    """Return what a signature of the scope covers now."""
    refresh_everything(process.project)
    return process_scopes(project_ids=[process.project_id], as_of=NOW)[process.pk]


def sign(process: BusinessProcess, *, act: str = SignoffAct.SIGNED, days: int = 0) -> None:
    """Sign the scope as it is."""
    body = scope_of(process)
    at = RUN_AT + timedelta(days=days)
    put_signature(process, kind=SignoffKind.SCOPE, body=body, at=at, act=act)


def _take_in(process: BusinessProcess) -> None:
    BusinessProcess.objects.update(in_scope=True)


def _rename(process: BusinessProcess) -> None:
    BusinessProcess.objects.update(name="Another name")


def _add_scenario(process: BusinessProcess) -> None:
    make_scenario(project=process.project, process=process, recorded_at=EARLY)


def _leave_scenario_out(process: BusinessProcess) -> None:
    Scenario.objects.update(in_scope=False)


class TestMeasureScopes:
    def test_counts_a_signature_on_the_scope_as_it_is(self, process: BusinessProcess) -> None:
        make_process(project=process.project)
        assert share_of(process.project, "scope.signed_pct") == (0, 2)
        sign(process)
        assert share_of(process.project, "scope.signed_pct") == (1, 2)

    @pytest.mark.parametrize("act", [_take_in, _rename, _add_scenario, _leave_scenario_out])
    def test_loses_it_when_the_scope_changes(
        self, process: BusinessProcess, act: Callable[[BusinessProcess], None]
    ) -> None:
        sign(process)
        act(process)
        assert share_of(process.project, "scope.signed_pct") == (0, 1)

    def test_keeps_it_while_the_scope_is_tested(self, process: BusinessProcess) -> None:
        sign(process)
        make_run(scenario=Scenario.objects.get())
        assert share_of(process.project, "scope.signed_pct") == (1, 1)

    def test_lets_the_newest_act_count(self, process: BusinessProcess) -> None:
        sign(process)
        sign(process, act=SignoffAct.WITHDRAWN, days=1)
        assert share_of(process.project, "scope.signed_pct") == (0, 1)

    def test_takes_no_signature_on_evidence_for_one_on_the_scope(
        self, process: BusinessProcess
    ) -> None:
        put_signature(process, kind=SignoffKind.PROCESS_EVIDENCE, body=scope_of(process), at=RUN_AT)
        assert share_of(process.project, "scope.signed_pct") == (0, 1)


class TestProcessScopes:
    def test_names_what_is_in_and_what_is_out(self, process: BusinessProcess) -> None:
        content = json.loads(scope_of(process))
        assert [node[3] for node in content["nodes"]] == [True, False]
        assert content["process"]["id"] == str(process.public_id)
        assert content["project"]["id"] == str(process.project.public_id)
        assert content["scenarios"] == list(Scenario.objects.values_list("code", flat=True))
