"""Green reports of what the figures call no-go, counted between the passes."""

import pytest

from readiness.choices import FindingState, ReportedColour, Verdict
from readiness.policy.outcomes import ProjectJudgement
from readiness.policy.projects import WATERMELON, judge_project
from readiness.policy.terms import PROJECT_ITEM
from tests.readiness.policy.cases import (
    acceptance,
    case,
    count_criterion,
    criterion,
    exemption,
    gate,
    share_reading,
    table,
    value_reading,
)
from tests.readiness.policy.projects.cases import BAD, DEFECTS, GREEN, RED, SCENARIOS, verdicts

MELON_GATE = gate("G6", criterion(), count_criterion(key="GO-07", metric=WATERMELON, due_days=60))


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
