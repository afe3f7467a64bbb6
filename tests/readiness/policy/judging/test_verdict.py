"""The verdict that findings make, by a fixed order."""

import pytest

from governance.readings import Reading
from readiness.choices import FindingState, Verdict
from readiness.policy.judging import judge
from tests.readiness.policy.cases import (
    NOW,
    SECOND,
    acceptance,
    count_criterion,
    criterion,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.judging.cases import MISSED

BLOCKED: list[tuple[Reading | None, FindingState]] = [
    (share_reading(1, 350), MISSED),
    (None, FindingState.NOT_REPORTED),
    (share_reading(350, 350, expires_at=NOW - SECOND), FindingState.STALE),
    (share_reading(0, 0), FindingState.INSUFFICIENT),
]


class TestTheVerdict:
    @pytest.mark.parametrize(("reading", "state"), BLOCKED)
    def test_is_no_go_for_every_hard_block(
        self, reading: Reading | None, state: FindingState
    ) -> None:
        judgement = judge([criterion()], table(reading) if reading else {}, [], as_of=NOW)
        assert judgement.verdict is Verdict.NO_GO
        assert judgement.findings[0].state is state

    @pytest.mark.parametrize(("reading", "state"), BLOCKED)
    def test_is_conditional_for_every_soft_block(
        self, reading: Reading | None, state: FindingState
    ) -> None:
        terms = [criterion(hard=False)]
        judgement = judge(terms, table(reading) if reading else {}, [], as_of=NOW)
        assert judgement.verdict is Verdict.CONDITIONAL
        assert judgement.findings[0].state is state

    @pytest.mark.parametrize("is_hard", [True, False])
    @pytest.mark.parametrize(("reading", "state"), BLOCKED)
    def test_is_conditional_when_the_risk_was_accepted(
        self, reading: Reading | None, state: FindingState, is_hard: bool
    ) -> None:
        judgement = judge(
            [criterion(hard=is_hard)],
            table(reading) if reading else {},
            [acceptance()],
            as_of=NOW,
        )
        (finding,) = judgement.findings
        assert judgement.verdict is Verdict.CONDITIONAL
        assert (finding.state, finding.beneath) == (FindingState.ACCEPTED, state)
        assert finding.acceptance == acceptance()

    def test_is_conditional_at_risk_even_for_a_hard_criterion(self) -> None:
        judgement = judge([criterion()], table(share_reading(349, 350)), [], as_of=NOW)
        assert judgement.verdict is Verdict.CONDITIONAL

    def test_is_go_only_when_everything_is_met(self) -> None:
        judgement = judge([criterion()], table(share_reading(350, 350)), [], as_of=NOW)
        assert judgement.verdict is Verdict.GO

    def test_of_no_criteria_is_never_go(self) -> None:
        assert judge([], {}, [], as_of=NOW).verdict is Verdict.NO_GO

    def test_of_nothing_but_meeting_matters_is_never_go(self) -> None:
        judgement = judge([yes_criterion(in_meeting=True)], {}, [], as_of=NOW)
        assert judgement.verdict is Verdict.NO_GO
        assert judgement.findings == ()

    def test_lets_one_hard_miss_outweigh_any_number_of_greens(self) -> None:
        criteria = [criterion(key=f"UX-{number}") for number in range(20)] + [count_criterion()]
        readings = table(share_reading(350, 350), value_reading(1))
        assert judge(criteria, readings, [], as_of=NOW).verdict is Verdict.NO_GO
