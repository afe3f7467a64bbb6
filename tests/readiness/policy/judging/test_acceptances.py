"""Accepted risks: from when until when, and how much of them counts."""

from typing import Any

import pytest

from governance.readings import Reading
from readiness.choices import FindingState, Verdict
from readiness.policy.judging import active_acceptances, judge
from tests.readiness.policy.cases import (
    DAY,
    INSTANT,
    NOW,
    SECOND,
    acceptance,
    criterion,
    share_reading,
    table,
)
from tests.readiness.policy.judging.cases import AT_RISK


class TestAnAcceptance:
    def test_changes_nothing_about_a_met_criterion(self) -> None:
        readings = table(share_reading(350, 350))
        judgement = judge([criterion()], readings, [acceptance()], as_of=NOW)
        assert judgement.verdict is Verdict.GO
        assert judgement.findings[0].acceptance is None

    def test_leaves_a_risk_at_risk(self) -> None:
        readings = table(share_reading(349, 350))
        judgement = judge([criterion()], readings, [acceptance()], as_of=NOW)
        assert judgement.findings[0].state is AT_RISK

    @pytest.mark.parametrize(
        ("fields", "is_counted"),
        [
            ({}, True),
            ({"expires_at": NOW + INSTANT}, True),
            ({"expires_at": NOW}, False),
            ({"expires_at": NOW - SECOND}, False),
            ({"accepted_at": NOW}, True),
            ({"accepted_at": NOW + SECOND}, False),
            ({"withdrawn_at": NOW}, False),
            ({"withdrawn_at": NOW + SECOND}, True),
            ({"withdrawn_at": NOW - SECOND}, False),
            ({"criterion": "UX-02"}, False),
        ],
    )
    def test_counts_from_its_start_up_to_its_end(
        self, fields: dict[str, Any], is_counted: bool
    ) -> None:
        judgement = judge([criterion()], {}, [acceptance(**fields)], as_of=NOW)
        expected = FindingState.ACCEPTED if is_counted else FindingState.NOT_REPORTED
        assert judgement.findings[0].state is expected

    @pytest.mark.parametrize(
        ("reading", "is_counted"),
        [
            (share_reading(7, 10), True),
            (share_reading(6, 10), False),
            (share_reading(0, 0), False),
            (None, False),
        ],
    )
    def test_that_names_scenarios_covers_these_and_no_more(
        self, reading: Reading | None, is_counted: bool
    ) -> None:
        readings = table(reading) if reading else {}
        judgement = judge([criterion()], readings, [acceptance(scenarios=3)], as_of=NOW)
        assert (judgement.findings[0].state is FindingState.ACCEPTED) is is_counted

    def test_of_several_is_the_one_that_lasts_longest(self) -> None:
        short, long = acceptance(id=1), acceptance(id=2, expires_at=NOW + 30 * DAY)
        assert active_acceptances([long, short], as_of=NOW) == {"UX-01": long}
        assert active_acceptances([short, long], as_of=NOW) == {"UX-01": long}

    def test_of_several_is_the_widest_before_the_longest(self) -> None:
        narrow = acceptance(id=1, scenarios=3, expires_at=NOW + 30 * DAY)
        wider, whole = acceptance(id=2, scenarios=9), acceptance(id=3)
        assert active_acceptances([wider, narrow], as_of=NOW) == {"UX-01": wider}
        assert active_acceptances([whole, wider, narrow], as_of=NOW) == {"UX-01": whole}
