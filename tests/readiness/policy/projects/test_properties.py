"""What holds for every project, whatever was read and reported."""

from hypothesis import given
from hypothesis import strategies as st

from readiness.choices import ReportedColour, Verdict
from readiness.policy.projects import HARD_WAIVERS, UPSTREAM, WATERMELON, judge_project
from readiness.policy.terms import PROJECT_ITEM
from tests.readiness.policy.cases import (
    acceptance,
    case,
    count_criterion,
    gate,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)
from tests.readiness.policy.projects.cases import GREEN, RED, SCENARIOS, verdicts

NUMBERS = st.integers(0, 10)
COLOURS = st.dictionaries(
    st.sampled_from(["G3", "G5", "G6", PROJECT_ITEM]),
    st.sampled_from([GREEN, RED, ReportedColour.AMBER]),
)
RANK = {Verdict.NO_GO: 0, Verdict.CONDITIONAL: 1, Verdict.GO: 2}
WHOLE = (
    SCENARIOS,
    gate("G5", count_criterion(warn=5)),
    gate(
        "G6",
        yes_criterion(key="GO-01", metric=UPSTREAM, due_days=60),
        count_criterion(key="GO-04", metric=HARD_WAIVERS, warn=2, due_days=60),
        count_criterion(key="GO-07", metric=WATERMELON, due_days=60),
        upstream=("G3", "G5"),
    ),
)


class TestEveryProject:
    @given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, COLOURS, st.booleans())
    def test_never_improves_when_readings_get_worse(
        self,
        done: int,
        lost: int,
        defects: int,
        more: int,
        reported: dict[str, ReportedColour],
        is_accepted: bool,
    ) -> None:
        accepted = (acceptance(),) if is_accepted else ()
        better, worse = (
            judge_project(case(*WHOLE, readings=readings, reported=reported, acceptances=accepted))
            for readings in (
                table(share_reading(done, 10), value_reading(defects)),
                table(share_reading(max(done - lost, 0), 10), value_reading(defects + more)),
            )
        )
        assert RANK[worse.verdict] <= RANK[better.verdict]
        for after, before in zip(worse.gates, better.gates, strict=True):
            assert RANK[after.verdict] <= RANK[before.verdict]

    @given(NUMBERS, NUMBERS, COLOURS)
    def test_judges_the_same_inputs_the_same(
        self, done: int, defects: int, reported: dict[str, ReportedColour]
    ) -> None:
        readings = table(share_reading(done, 10), value_reading(defects))
        one = judge_project(case(*WHOLE, readings=readings, reported=reported))
        turned = dict(reversed(readings.items()))
        other = judge_project(case(*WHOLE, readings=turned, reported=reported))
        assert one.inputs_hash == other.inputs_hash
        assert verdicts(one) == verdicts(other)
