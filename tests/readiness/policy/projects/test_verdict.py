"""The one verdict of a project: the worst of its open gates."""

from datetime import date

import pytest

from readiness.choices import Verdict
from readiness.policy.projects import judge_project
from tests.readiness.policy.cases import (
    case,
    count_criterion,
    criterion,
    gate,
    share_reading,
    table,
    value_reading,
)
from tests.readiness.policy.projects.cases import DEFECTS, GOOD, SCENARIOS, verdicts


class TestJudgeProject:
    def test_takes_the_worst_of_the_open_gates(self) -> None:
        readings = table(GOOD, value_reading(1))
        judged = judge_project(case(SCENARIOS, DEFECTS, readings=readings))
        assert verdicts(judged) == {"G3": Verdict.GO, "G5": Verdict.NO_GO}
        assert judged.verdict is Verdict.NO_GO
        assert [each.gate.key for each in judged.deciding] == ["G3", "G5"]

    @pytest.mark.parametrize(
        ("done", "defects", "verdict"),
        [(10, 0, Verdict.GO), (10, 1, Verdict.NO_GO), (1, 0, Verdict.NO_GO)],
    )
    def test_is_go_only_when_every_open_gate_is(
        self, done: int, defects: int, verdict: Verdict
    ) -> None:
        readings = table(share_reading(done, 10), value_reading(defects))
        assert judge_project(case(SCENARIOS, DEFECTS, readings=readings)).verdict is verdict

    def test_gives_a_gate_before_its_day_no_verdict_and_no_findings(self) -> None:
        later = gate("G5", count_criterion(), opens_days=13)
        judged = judge_project(case(SCENARIOS, later, readings=table(GOOD)))
        assert verdicts(judged) == {"G3": Verdict.GO, "G5": Verdict.NOT_OPEN}
        assert judged.gates[1].findings == ()
        assert not judged.gates[1].is_open
        assert judged.gates[1].opens_date == date(2026, 6, 2)
        assert judged.verdict is Verdict.GO

    def test_is_not_open_while_no_gate_is(self) -> None:
        judged = judge_project(case(gate("G3", criterion(), opens_days=13), readings=table(GOOD)))
        assert judged.verdict is Verdict.NOT_OPEN

    def test_is_not_open_without_a_policy_or_a_date(self) -> None:
        assert judge_project(case()).verdict is Verdict.NOT_OPEN
        undated = judge_project(case(SCENARIOS, readings=table(GOOD), go_live=None))
        assert undated.verdict is Verdict.NOT_OPEN
        assert undated.gates[0].opens_date is None

    def test_is_no_go_when_an_open_gate_has_no_criteria(self) -> None:
        judged = judge_project(case(SCENARIOS, gate("G5"), readings=table(GOOD)))
        assert judged.verdict is Verdict.NO_GO
