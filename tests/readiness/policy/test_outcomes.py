"""Outcomes: the worst verdict, and which findings block."""

import pytest

from readiness.choices import FindingState, Verdict
from readiness.policy.outcomes import BLOCKING, Finding, worst
from tests.readiness.policy.cases import criterion

GO, CONDITIONAL, NO_GO, NOT_OPEN = (
    Verdict.GO,
    Verdict.CONDITIONAL,
    Verdict.NO_GO,
    Verdict.NOT_OPEN,
)


class TestWorst:
    @pytest.mark.parametrize(
        ("verdicts", "expected"),
        [
            ([], NOT_OPEN),
            ([NOT_OPEN], NOT_OPEN),
            ([GO, NOT_OPEN], GO),
            ([GO, CONDITIONAL], CONDITIONAL),
            ([NO_GO, GO, CONDITIONAL], NO_GO),
        ],
    )
    def test_of_the_open_ones_decides(self, verdicts: list[Verdict], expected: Verdict) -> None:
        assert worst(verdicts) is expected


class TestFinding:
    @pytest.mark.parametrize("state", list(FindingState))
    def test_blocks_when_hard_and_neither_met_nor_covered(self, state: FindingState) -> None:
        hard = Finding(criterion(), state, state, None, None, None)
        soft = Finding(criterion(hard=False), state, state, None, None, None)
        assert hard.is_blocking is (state in BLOCKING)
        assert not soft.is_blocking
