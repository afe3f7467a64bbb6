"""Every gate in its order, the metrics between the passes, and the one verdict."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.readings import ReadingKind
from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.policy.outcomes import ProjectJudgement
from readiness.policy.projects import (
    HARD_WAIVERS,
    UPSTREAM,
    WATERMELON,
    is_open,
    judge_project,
    opens_on,
)
from readiness.policy.terms import PROJECT_ITEM, GateTerms
from tests.readiness.policy.cases import (
    DAY,
    GO_LIVE,
    INSTANT,
    NOW,
    acceptance,
    case,
    count_criterion,
    criterion,
    exemption,
    gate,
    share_reading,
    table,
    value_reading,
    yes_criterion,
)

GOOD, BAD = share_reading(10, 10), share_reading(1, 10)
SCENARIOS = gate("G3", criterion())
DEFECTS = gate("G5", count_criterion())
HYPERCARE = gate(
    "G7", yes_criterion(key="HX-12", metric="sign.handover"), opens_days=-14, after_go_live=True
)
HANDED_OVER = value_reading(1, "sign.handover", ReadingKind.YES_NO)


def upstream_gate(*keys: str) -> GateTerms:
    """Return a gate that wants the others to have passed."""
    terms = yes_criterion(key="GO-01", metric=UPSTREAM, due_days=60)
    return gate("G6", terms, upstream=keys)


def verdicts(judged: ProjectJudgement) -> dict[str, Verdict]:
    """Return gate -> verdict."""
    return {each.gate.key: each.verdict for each in judged.gates}


class TestIsOpen:
    @pytest.mark.parametrize(
        ("opens_days", "days_left", "expected"),
        [(56, 57, False), (56, 56, True), (56, 0, True), (56, -400, True), (56, None, False),
         (-14, 0, False), (-14, -13, False), (-14, -14, True)],
    )  # fmt: skip
    def test_from_its_day_on(self, opens_days: int, days_left: int | None, expected: bool) -> None:
        assert is_open(gate("G", opens_days=opens_days), days_left) is expected

    def test_opens_on_that_day_of_the_calendar(self) -> None:
        assert opens_on(HYPERCARE, GO_LIVE) == date(2026, 6, 29)
        assert opens_on(HYPERCARE, None) is None


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


class TestTheGoLiveDate:
    @pytest.mark.parametrize(
        ("days_after", "verdict", "deciding"),
        [
            (0, Verdict.NO_GO, ["G3"]),
            (1, Verdict.NOT_OPEN, []),
            (13, Verdict.NOT_OPEN, []),
            (14, Verdict.GO, ["G7"]),
            (90, Verdict.GO, ["G7"]),
        ],
    )
    def test_hands_over_to_hypercare(
        self, days_after: int, verdict: Verdict, deciding: list[str]
    ) -> None:
        today = datetime(2026, 6, 15, 12, tzinfo=UTC) + timedelta(days=days_after)
        judged = judge_project(
            case(SCENARIOS, HYPERCARE, readings=table(BAD, HANDED_OVER), as_of=today)
        )
        assert judged.verdict is verdict
        assert [each.gate.key for each in judged.deciding] == deciding
        assert verdicts(judged)["G3"] is Verdict.NO_GO

    @pytest.mark.parametrize(
        ("as_of", "zone", "days_left"),
        [
            (datetime(2026, 6, 14, 21, 59, tzinfo=UTC), "Europe/Berlin", 1),
            (datetime(2026, 6, 14, 22, 0, tzinfo=UTC), "Europe/Berlin", 0),
            (datetime(2026, 6, 15, 21, 59, tzinfo=UTC), "Europe/Berlin", 0),
            (datetime(2026, 6, 15, 22, 0, tzinfo=UTC), "Europe/Berlin", -1),
            (datetime(2026, 6, 14, 10, 0, tzinfo=UTC), "Pacific/Kiritimati", 0),
            (datetime(2026, 6, 15, 6, 59, tzinfo=UTC), "America/Los_Angeles", 1),
        ],
    )
    def test_is_counted_in_the_projects_own_zone(
        self, as_of: datetime, zone: str, days_left: int
    ) -> None:
        assert case(as_of=as_of, zone=ZoneInfo(zone)).days_left == days_left


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


MELON_GATE = gate("G6", criterion(), count_criterion(key="GO-07", metric=WATERMELON, due_days=60))
GREEN, RED = ReportedColour.GREEN, ReportedColour.RED


def melons(reported: dict[str, ReportedColour], *, done: int = 1) -> ProjectJudgement:
    """Return a project judged with these reported colours."""
    readings = table(share_reading(done, 10))
    return judge_project(case(SCENARIOS, MELON_GATE, readings=readings, reported=reported))


class TestWatermelons:
    @pytest.mark.parametrize(
        ("reported", "number"),
        [
            ({PROJECT_ITEM: GREEN}, 1),
            ({"G3": GREEN}, 1),
            ({PROJECT_ITEM: GREEN, "G3": GREEN, "G6": GREEN}, 3),
            ({PROJECT_ITEM: RED}, 0),
            ({PROJECT_ITEM: ReportedColour.AMBER, "G3": GREEN}, 1),
            ({"G9": GREEN}, 0),
        ],
    )
    def test_are_green_reports_of_what_the_figures_call_no_go(
        self, reported: dict[str, ReportedColour], number: int
    ) -> None:
        finding = melons(reported).gates[1].findings[1]
        assert finding.reading is not None
        assert finding.reading.value == number
        assert finding.state is (FindingState.MISSED if number else FindingState.MET)

    def test_are_none_when_the_figures_agree(self) -> None:
        judged = melons({PROJECT_ITEM: GREEN, "G3": GREEN}, done=10)
        assert judged.verdict is Verdict.GO

    @pytest.mark.parametrize("reported", [{}, {PROJECT_ITEM: ReportedColour.NOT_REPORTED}])
    def test_are_not_counted_where_nobody_reported(
        self, reported: dict[str, ReportedColour]
    ) -> None:
        judged = melons(reported, done=10)
        assert judged.gates[1].findings[1].state is FindingState.INSUFFICIENT
        assert judged.verdict is Verdict.NO_GO

    def test_do_not_feed_themselves(self) -> None:
        """One false green makes G6 a no-go; G6 reported green is then no second one."""
        readings = table(share_reading(10, 10), value_reading(1))
        judged = judge_project(
            case(
                DEFECTS,
                MELON_GATE,
                readings=readings,
                reported={"G5": GREEN, "G6": GREEN},
            )
        )
        finding = judged.gates[1].findings[1]
        assert finding.reading is not None
        assert finding.reading.value == 1
        assert verdicts(judged)["G6"] is Verdict.NO_GO

    def test_can_be_accepted_and_exempted_like_anything_else(self) -> None:
        given_up = {"reported": {"G3": GREEN}, "readings": table(BAD)}
        accepted = judge_project(
            case(SCENARIOS, MELON_GATE, acceptances=(acceptance("GO-07"),), **given_up)  # type: ignore[arg-type]
        )
        assert accepted.gates[1].findings[1].state is FindingState.ACCEPTED
        exempt = judge_project(
            case(SCENARIOS, MELON_GATE, exemptions=(exemption("GO-07"),), **given_up)  # type: ignore[arg-type]
        )
        assert exempt.gates[1].findings[1].state is FindingState.NOT_APPLICABLE


class TestNextChange:
    def test_is_the_soonest_of_acceptances_and_readings(self) -> None:
        fresh = share_reading(10, 10, expires_at=NOW + 3 * DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh)))
        assert judged.next_change_at == NOW + 3 * DAY + INSTANT
        ends = acceptance(expires_at=NOW + 2 * DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh), acceptances=(ends,)))
        assert judged.next_change_at == NOW + 2 * DAY
        begins = acceptance(accepted_at=NOW + DAY)
        judged = judge_project(case(SCENARIOS, readings=table(fresh), acceptances=(begins,)))
        assert judged.next_change_at == NOW + DAY

    def test_is_when_the_verdict_really_changes(self) -> None:
        fresh = share_reading(10, 10, expires_at=NOW + DAY)
        first = judge_project(case(SCENARIOS, readings=table(fresh)))
        assert first.next_change_at is not None
        before = case(SCENARIOS, readings=table(fresh), as_of=first.next_change_at - INSTANT)
        after = case(SCENARIOS, readings=table(fresh), as_of=first.next_change_at)
        assert judge_project(before).verdict is Verdict.GO
        assert judge_project(after).verdict is Verdict.NO_GO

    def test_is_never_when_only_the_past_and_the_unasked_run_out(self) -> None:
        stale = share_reading(10, 10, expires_at=NOW - DAY)
        unasked = value_reading(0, "other.metric", expires_at=NOW + DAY)
        judged = judge_project(
            case(
                SCENARIOS,
                readings=table(stale, unasked),
                acceptances=(acceptance(expires_at=NOW - INSTANT),),
            )
        )
        assert judged.next_change_at is None


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
