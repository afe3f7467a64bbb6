"""A gate that wants the gates before it to have passed."""

import pytest

from governance.readings import ReadingKind
from readiness.choices import FindingState, Verdict
from readiness.policy.projects import UPSTREAM, judge_project
from readiness.policy.terms import GateTerms
from tests.readiness.policy.cases import (
    acceptance,
    case,
    criterion,
    gate,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.projects.cases import BAD, DEFECTS, GOOD, SCENARIOS, verdicts


def upstream_gate(*keys: str) -> GateTerms:
    """Return a gate that wants the others to have passed."""
    terms = yes_criterion(key="GO-01", metric=UPSTREAM, due_days=60)
    return gate("G6", terms, upstream=keys)


class TestUpstream:
    @pytest.mark.parametrize(
        ("done", "state"),
        [(10, FindingState.MET), (1, FindingState.MISSED)],
    )
    def test_follows_the_verdicts_of_the_gates_before(self, done: int, state: FindingState) -> None:
        gates = (SCENARIOS, DEFECTS, upstream_gate("G3", "G5"))
        readings = table(share_reading(done, 10), value_reading(0))
        judged = judge_project(case(*gates, readings=readings))
        assert judged.gates[2].findings[0].state is state

    def test_takes_a_conditional_gate_for_passed(self) -> None:
        soft = gate("G3", criterion(hard=False))
        judged = judge_project(case(soft, upstream_gate("G3"), readings=table(BAD)))
        assert verdicts(judged) == {"G3": Verdict.CONDITIONAL, "G6": Verdict.GO}

    @pytest.mark.parametrize(
        "earlier", [(), (gate("G3", criterion(), opens_days=13),), (gate("G4", criterion()),)]
    )
    def test_does_not_take_a_missing_or_closed_gate_for_passed(
        self, earlier: tuple[GateTerms, ...]
    ) -> None:
        judged = judge_project(case(*earlier, upstream_gate("G3"), readings=table(GOOD)))
        assert judged.gates[-1].findings[0].state is FindingState.MISSED

    def test_does_not_take_a_gate_that_comes_later_for_passed(self) -> None:
        judged = judge_project(case(upstream_gate("G3"), SCENARIOS, readings=table(GOOD)))
        assert judged.gates[0].findings[0].state is FindingState.MISSED

    def test_of_no_gates_is_insufficient(self) -> None:
        judged = judge_project(case(upstream_gate()))
        assert judged.gates[0].findings[0].state is FindingState.INSUFFICIENT

    def test_accepted_does_not_open_the_project_while_the_gate_before_is_closed(self) -> None:
        judged = judge_project(
            case(
                SCENARIOS,
                upstream_gate("G3"),
                readings=table(BAD),
                acceptances=(acceptance("GO-01"),),
            )
        )
        assert verdicts(judged) == {"G3": Verdict.NO_GO, "G6": Verdict.CONDITIONAL}
        assert judged.verdict is Verdict.NO_GO

    def test_is_never_believed_when_somebody_reports_it(self) -> None:
        lie = value_reading(1, UPSTREAM, ReadingKind.YES_NO)
        judged = judge_project(case(SCENARIOS, upstream_gate("G3"), readings=table(BAD, lie)))
        assert judged.gates[1].findings[0].state is FindingState.MISSED
