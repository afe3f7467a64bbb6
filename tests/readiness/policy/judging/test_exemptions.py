"""Criteria that do not apply: left out, and counted."""

from typing import Any

import pytest

from readiness.choices import FindingState, Verdict
from readiness.policy.judging import judge
from tests.readiness.policy.cases import (
    NOW,
    SECOND,
    acceptance,
    count_criterion,
    criterion,
    exemption,
    table,
    value_reading,
)


class TestAnExemption:
    def test_leaves_the_criterion_out_and_counts_it(self) -> None:
        judgement = judge(
            [criterion(), count_criterion()],
            table(value_reading(0)),
            [],
            as_of=NOW,
            exemptions=[exemption()],
        )
        assert judgement.verdict is Verdict.GO
        assert judgement.counts[FindingState.NOT_APPLICABLE] == 1

    @pytest.mark.parametrize(
        "fields",
        [
            {"reason": " "},
            {"approver": ""},
            {"approved_at": NOW + SECOND},
            {"withdrawn_at": NOW},
        ],
    )
    def test_needs_a_reason_an_approver_and_its_time(self, fields: dict[str, Any]) -> None:
        judgement = judge([criterion()], {}, [], as_of=NOW, exemptions=[exemption(**fields)])
        assert judgement.findings[0].state is FindingState.NOT_REPORTED

    def test_of_everything_is_never_go(self) -> None:
        judgement = judge([criterion()], {}, [], as_of=NOW, exemptions=[exemption()])
        assert judgement.verdict is Verdict.NO_GO

    def test_wins_over_an_acceptance(self) -> None:
        judgement = judge([criterion()], {}, [acceptance()], as_of=NOW, exemptions=[exemption()])
        assert judgement.findings[0].state is FindingState.NOT_APPLICABLE
