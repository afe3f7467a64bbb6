"""Acceptances in force on hard criteria, counted between the passes."""

import pytest

from readiness.choices import FindingState
from readiness.policy.projects import HARD_WAIVERS, judge_project
from tests.readiness.policy.cases import NOW, acceptance, case, count_criterion, criterion, gate
from tests.readiness.policy.projects.cases import HYPERCARE, SCENARIOS

WAIVER_GATE = gate("G6", count_criterion(key="GO-04", metric=HARD_WAIVERS, warn=2, due_days=60))


class TestHardWaivers:
    @pytest.mark.parametrize(
        ("accepted", "state"),
        [
            ([], FindingState.MET),
            (["UX-01"], FindingState.AT_RISK),
            (["UX-01", "UX-02"], FindingState.AT_RISK),
            (["UX-01", "UX-02", "UX-03"], FindingState.MISSED),
            (["UX-09", "HX-12", "XX-99"], FindingState.MET),
        ],
    )
    def test_counts_acceptances_in_force_on_hard_criteria(
        self, accepted: list[str], state: FindingState
    ) -> None:
        hard = [criterion(key=f"UX-0{number}") for number in (1, 2, 3)]
        gates = (gate("G3", *hard, criterion(key="UX-09", hard=False)), WAIVER_GATE, HYPERCARE)
        judged = judge_project(case(*gates, acceptances=tuple(acceptance(key) for key in accepted)))
        assert judged.gates[1].findings[0].state is state

    def test_does_not_count_what_has_expired(self) -> None:
        expired = acceptance(expires_at=NOW)
        judged = judge_project(case(SCENARIOS, WAIVER_GATE, acceptances=(expired,)))
        assert judged.gates[1].findings[0].state is FindingState.MET
