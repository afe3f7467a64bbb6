"""The states of a finding and the verdict they make, at every edge."""

import random
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.readings import Reading, ReadingKind
from readiness.choices import Comparison, FindingState, Verdict
from readiness.policy.judging import active_acceptances, judge
from readiness.policy.outcomes import Finding
from readiness.policy.terms import BaselineTerms, CriterionTerms
from tests.readiness.policy.cases import (
    DAY,
    INSTANT,
    NOW,
    SECOND,
    acceptance,
    count_criterion,
    criterion,
    exemption,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)

MET, AT_RISK, MISSED = FindingState.MET, FindingState.AT_RISK, FindingState.MISSED
YES_NO = ReadingKind.YES_NO


def found(terms: CriterionTerms, reading: Reading | None, days_left: int = 0) -> Finding:
    """Return the one finding of one criterion."""
    readings = {} if reading is None else table(reading)
    (finding,) = judge([terms], readings, [], as_of=NOW, days_left=days_left).findings
    return finding


class TestJudgeAShare:
    @pytest.mark.parametrize(
        ("done", "due", "state"),
        [
            (350, 350, MET),
            (349, 350, AT_RISK),
            (343, 350, AT_RISK),
            (342, 350, MISSED),
            (0, 350, MISSED),
            (1, 1, MET),
            (0, 1, MISSED),
        ],
    )
    def test_meets_warns_or_misses_at_the_edges(
        self, done: int, due: int, state: FindingState
    ) -> None:
        assert found(criterion(), share_reading(done, due)).state is state

    def test_is_insufficient_at_0_of_0(self) -> None:
        assert found(criterion(), share_reading(0, 0)).state is FindingState.INSUFFICIENT

    def test_meets_a_threshold_that_is_no_finite_decimal(self) -> None:
        terms = criterion(target=Decimal(100) / 3, warn=None)
        assert found(terms, share_reading(1, 3)).state is MET

    @pytest.mark.parametrize(("done", "state"), [(50, MET), (48, AT_RISK), (47, MISSED)])
    def test_is_judged_by_what_is_due_today(self, done: int, state: FindingState) -> None:
        terms = criterion(glide=[(56, 0), (28, 100)])
        finding = found(terms, share_reading(done, 100), days_left=42)
        assert finding.state is state
        assert (finding.due_today, finding.target) == (Decimal(50), Decimal(100))

    @pytest.mark.parametrize(("done", "state"), [(0, MET), (1, AT_RISK), (2, AT_RISK), (3, MISSED)])
    def test_may_want_less(self, done: int, state: FindingState) -> None:
        terms = criterion(comparison=Comparison.AT_MOST, target=0, warn=2)
        assert found(terms, share_reading(done, 100)).state is state


class TestJudgeACount:
    @pytest.mark.parametrize(("value", "state"), [(0, MET), (1, MISSED)])
    def test_has_no_band_unless_the_policy_has_one(self, value: int, state: FindingState) -> None:
        assert found(count_criterion(), value_reading(value)).state is state

    @pytest.mark.parametrize(
        ("value", "state"), [(4, MET), (5, AT_RISK), (9, AT_RISK), (10, MISSED)]
    )
    def test_less_than_excludes_both_edges(self, value: int, state: FindingState) -> None:
        terms = count_criterion(comparison=Comparison.LESS_THAN, target=5, warn=10)
        assert found(terms, value_reading(value)).state is state

    @pytest.mark.parametrize(("value", "state"), [("-0.1", MET), ("0", AT_RISK), ("0.1", MISSED)])
    def test_may_warn_by_another_comparison(self, value: str, state: FindingState) -> None:
        terms = count_criterion(
            kind=ReadingKind.RATIO,
            comparison=Comparison.LESS_THAN,
            target=0,
            warn=0,
            warn_comparison=Comparison.AT_MOST,
        )
        assert found(terms, value_reading(value, kind=ReadingKind.RATIO)).state is state

    def test_of_0_is_insufficient_when_nothing_was_there_to_count(self) -> None:
        empty = value_reading(0, population=0)
        assert found(count_criterion(), empty).state is FindingState.INSUFFICIENT

    @pytest.mark.parametrize(("rows", "state"), [(4, FindingState.INSUFFICIENT), (5, MET)])
    def test_needs_the_population_that_the_policy_asks_for(
        self, rows: int, state: FindingState
    ) -> None:
        terms = count_criterion(min_population=5)
        assert found(terms, value_reading(0, population=rows)).state is state

    @pytest.mark.parametrize(("value", "state"), [("0", MET), ("0.01", MISSED), ("-0.01", MISSED)])
    def test_of_money_may_have_to_be_exact(self, value: str, state: FindingState) -> None:
        terms = count_criterion(kind=ReadingKind.MONEY, comparison=Comparison.EQUAL)
        assert found(terms, value_reading(value, kind=ReadingKind.MONEY)).state is state

    def test_without_a_value_is_insufficient(self) -> None:
        nothing = Reading("def.open_s1s2", ReadingKind.DAYS, NOW, population=3)
        assert found(count_criterion(), nothing).state is FindingState.INSUFFICIENT


class TestJudgeAYes:
    @pytest.mark.parametrize(
        ("value", "days_left", "state"),
        [(1, 0, MET), (0, 0, MISSED), (0, 28, MISSED), (0, 29, AT_RISK), (1, 29, MET)],
    )
    def test_is_asked_for_from_its_due_day_on(
        self, value: int, days_left: int, state: FindingState
    ) -> None:
        reading = value_reading(value, "uat.closure_signed", YES_NO)
        assert found(yes_criterion(), reading, days_left).state is state

    def test_is_not_green_before_its_day_without_a_yes(self) -> None:
        reading = value_reading(0, "uat.closure_signed", YES_NO)
        finding = found(yes_criterion(), reading, days_left=300)
        assert finding.state is AT_RISK
        assert finding.due_today is None


class TestJudgeWhatNobodySaid:
    def test_is_not_reported_without_a_reading(self) -> None:
        finding = found(criterion(), None)
        assert finding.state is FindingState.NOT_REPORTED

    def test_is_not_reported_even_before_it_is_due(self) -> None:
        assert found(yes_criterion(), None, days_left=300).state is FindingState.NOT_REPORTED

    def test_is_not_reported_without_its_baseline(self) -> None:
        terms = criterion(baseline=BaselineTerms("inv.baseline_pct", is_factor=False))
        finding = found(terms, share_reading(99, 100))
        assert finding.state is FindingState.NOT_REPORTED
        assert finding.target is None

    @pytest.mark.parametrize(
        ("expires_at", "state"),
        [
            (NOW + SECOND, MET),
            (NOW, MET),
            (NOW - INSTANT, FindingState.STALE),
            (NOW - SECOND, FindingState.STALE),
        ],
    )
    def test_is_stale_from_the_instant_after_its_expiry(
        self, expires_at: datetime, state: FindingState
    ) -> None:
        reading = share_reading(10, 10, expires_at=expires_at)
        assert found(criterion(), reading).state is state

    def test_is_stale_before_it_is_insufficient(self) -> None:
        reading = share_reading(0, 0, expires_at=NOW - SECOND)
        assert found(criterion(), reading).state is FindingState.STALE


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


CRITERIA = [
    criterion(glide=[(56, 0), (28, 100)]),
    criterion(key="UX-03", metric="uat.pass_pct", hard=False),
    count_criterion(warn=3, target=0),
    yes_criterion(),
]
RANK = {Verdict.NO_GO: 0, Verdict.CONDITIONAL: 1, Verdict.GO: 2}
MARKS = st.integers(0, 100)


def readings_of(executed: int, passed: int, defects: int, is_signed: int) -> dict[str, Reading]:
    """Return the readings of the four criteria above."""
    return table(
        share_reading(executed, 100),
        share_reading(passed, 100, "uat.pass_pct"),
        value_reading(defects),
        value_reading(is_signed, "uat.closure_signed", YES_NO),
    )


@st.composite
def worsened(draw: st.DrawFn) -> tuple[dict[str, Reading], dict[str, Reading]]:
    """Return readings and the same readings, one of them made worse in some way."""
    numbers = [draw(MARKS), draw(MARKS), draw(st.integers(0, 6)), draw(st.integers(0, 1))]
    place = draw(st.integers(0, 3))
    worse = list(numbers)
    if place == 2:
        worse[2] += draw(st.integers(0, 6))
    else:
        worse[place] = draw(st.integers(0, numbers[place]))
    before, after = readings_of(*numbers), readings_of(*worse)
    metric = list(after)[place]
    match draw(st.sampled_from(["worse", "gone", "stale", "empty"])):
        case "gone":
            del after[metric]
        case "stale":
            after[metric] = share_reading(100, 100, metric, expires_at=NOW - INSTANT)
        case "empty":
            after[metric] = share_reading(0, 0, metric)
    return before, after


class TestEveryJudgement:
    @given(worsened(), st.integers(-10, 60), st.sets(st.sampled_from([c.key for c in CRITERIA])))
    def test_never_improves_when_a_reading_gets_worse(
        self,
        pair: tuple[dict[str, Reading], dict[str, Reading]],
        days_left: int,
        accepted: set[str],
    ) -> None:
        before, after = (
            judge(
                CRITERIA,
                readings,
                [acceptance(key) for key in accepted],
                as_of=NOW,
                days_left=days_left,
            )
            for readings in pair
        )
        assert RANK[after.verdict] <= RANK[before.verdict]

    @given(MARKS, MARKS, st.integers(0, 6), st.randoms(use_true_random=False))
    def test_does_not_hang_on_the_order_of_criteria(
        self, executed: int, passed: int, defects: int, dice: random.Random
    ) -> None:
        shuffled = list(CRITERIA)
        dice.shuffle(shuffled)
        readings = readings_of(executed, passed, defects, 1)
        one = judge(CRITERIA, readings, [], as_of=NOW, days_left=30)
        other = judge(shuffled, readings, [], as_of=NOW, days_left=30)
        assert one.verdict is other.verdict
        assert one.counts == other.counts

    @given(MARKS, MARKS, st.integers(0, 6), st.integers(-5, 80))
    def test_is_green_only_where_everything_is_met(
        self, executed: int, passed: int, defects: int, days_left: int
    ) -> None:
        readings = readings_of(executed, passed, defects, 1)
        judgement = judge(CRITERIA, readings, [], as_of=NOW, days_left=days_left)
        is_all_met = all(finding.state is MET for finding in judgement.findings)
        assert (judgement.verdict is Verdict.GO) is is_all_met
