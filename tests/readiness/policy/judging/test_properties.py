"""What holds for every judgement, whatever the readings."""

import random

from hypothesis import given
from hypothesis import strategies as st

from governance.readings import Reading
from readiness.choices import Verdict
from readiness.policy.judging import judge
from tests.readiness.policy.cases import (
    INSTANT,
    NOW,
    acceptance,
    count_criterion,
    criterion,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.judging.cases import MET, YES_NO

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
