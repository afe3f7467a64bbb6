"""The first line of a gate and of a project."""

from datetime import UTC, datetime
from typing import Any

import pytest

from governance.readings import Reading
from readiness.choices import FindingState
from readiness.policy.headlines import by_urgency, gate_headline, project_headline
from readiness.policy.projects import judge_project
from readiness.policy.terms import CriterionTerms, GateTerms
from tests.readiness.policy.cases import (
    DAY,
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
)

HARD = [criterion(key=f"UX-0{number}", metric=f"m.{number}") for number in range(1, 7)]
SOFT = [criterion(key=f"SX-0{number}", metric=f"s.{number}", hard=False) for number in range(1, 4)]


def line(*criteria: CriterionTerms, readings: dict[str, Reading], **fields: Any) -> str:
    """Return the first line of one gate with these criteria."""
    (judged,) = judge_project(case(gate("G3", *criteria), readings=readings, **fields)).gates
    return gate_headline(judged)


class TestGateHeadline:
    def test_counts_what_blocks_in_a_fixed_order(self) -> None:
        readings = table(
            share_reading(1, 10, "m.1"),
            share_reading(1, 10, "m.2"),
            share_reading(1, 10, "m.3"),
            share_reading(0, 0, "m.4"),
            share_reading(9, 10, "m.5", expires_at=NOW - DAY),
        )
        assert line(*HARD, readings=readings) == (
            "NO-GO: 3 hard criteria missed, 1 not reported, 1 out of date,"
            " 1 with nothing to measure"
        )

    def test_speaks_of_one_criterion(self) -> None:
        assert line(HARD[0], readings={}) == "NO-GO: 1 hard criterion not reported"

    def test_counts_accepted_risks_and_exemptions_beside_a_no_go(self) -> None:
        said = line(
            *HARD[:3],
            readings=table(share_reading(1, 10, "m.1")),
            acceptances=(acceptance("UX-02"),),
            exemptions=(exemption("UX-03"),),
        )
        assert said == "NO-GO: 1 hard criterion missed, 1 risk accepted, 1 not applicable"

    def test_counts_reservations(self) -> None:
        readings = table(share_reading(99, 100, "m.1"), share_reading(1, 10, "s.1"))
        said = line(
            *HARD[:3],
            *SOFT[:2],
            readings=readings,
            acceptances=(acceptance("UX-02"), acceptance("UX-03")),
        )
        assert said == "CONDITIONAL: 1 at risk, 2 soft criteria not met, 2 risks accepted"
        assert line(SOFT[0], readings={}) == "CONDITIONAL: 1 soft criterion not met"

    def test_says_that_everything_is_met(self) -> None:
        readings = table(share_reading(1, 1, "m.1"), share_reading(1, 1, "m.2"))
        assert line(*HARD[:2], readings=readings) == "GO: all 2 criteria met"
        said = line(*HARD[:2], readings=readings, exemptions=(exemption("UX-02"),))
        assert said == "GO: the one criterion is met, 1 not applicable"

    def test_says_that_there_is_nothing_to_judge(self) -> None:
        assert line(readings={}) == "NO-GO: there is no criterion to judge"
        assert line(HARD[0], readings={}, exemptions=(exemption("UX-01"),)) == (
            "NO-GO: there is no criterion to judge, 1 not applicable"
        )

    def test_says_when_a_gate_opens(self) -> None:
        (judged,) = judge_project(case(gate("G3", opens_days=3))).gates
        assert gate_headline(judged) == "NOT OPEN: opens on 12 June 2026"
        (undated,) = judge_project(case(gate("G3"), go_live=None)).gates
        assert gate_headline(undated) == "NOT OPEN: no go-live date is set"


GREEN = gate("G3", criterion(), name="UAT exit")
RED = gate("G5", count_criterion(), name="Rehearsal")
LATER = gate("G7", criterion(), opens_days=-14, after_go_live=True)


class TestProjectHeadline:
    def test_names_the_gates_that_decide(self) -> None:
        readings = table(share_reading(1, 1), value_reading(1))
        judged = judge_project(case(GREEN, RED, LATER, readings=readings))
        assert project_headline(judged) == "NO-GO: 1 hard criterion missed (Rehearsal)"

    def test_counts_over_all_of_them(self) -> None:
        readings = table(share_reading(1, 1), value_reading(0))
        judged = judge_project(case(GREEN, RED, readings=readings))
        assert project_headline(judged) == "GO: all 2 criteria met"

    def test_counts_the_gates_when_there_are_too_many_to_name(self) -> None:
        red = [gate(f"G{number}", count_criterion(key=f"C{number}")) for number in range(4, 8)]
        judged = judge_project(case(GREEN, *red, readings=table(share_reading(1, 1))))
        assert project_headline(judged) == (
            "NO-GO: 4 hard criteria not reported (in 4 of 5 open gates)"
        )

    def test_names_a_gate_that_has_nothing_to_judge(self) -> None:
        judged = judge_project(case(GREEN, gate("G5"), readings=table(share_reading(1, 1))))
        assert project_headline(judged) == "NO-GO: a gate is without criteria (Gate G5)"

    @pytest.mark.parametrize(
        ("gates", "fields", "said"),
        [
            ((), {}, "NOT OPEN: no policy has been adopted"),
            ((GREEN,), {"go_live": None}, "NOT OPEN: no go-live date is set"),
            (
                (gate("G3", opens_days=3), gate("G5", opens_days=9)),
                {},
                "NOT OPEN: the next gate opens on 6 June 2026",
            ),
            (
                (GREEN, LATER),
                {"as_of": datetime(2026, 6, 20, tzinfo=UTC)},
                "NOT OPEN: the go-live date passed on 15 June 2026;"
                " the next gate opens on 29 June 2026",
            ),
            (
                (GREEN,),
                {"as_of": datetime(2026, 6, 20, tzinfo=UTC)},
                "NOT OPEN: the go-live date passed on 15 June 2026; no gate is left to open",
            ),
        ],
    )
    def test_says_why_nothing_is_open(
        self, gates: tuple[GateTerms, ...], fields: dict[str, Any], said: str
    ) -> None:
        assert project_headline(judge_project(case(*gates, **fields))) == said


class TestByUrgency:
    def test_puts_what_blocks_first_and_leaves_out_what_is_settled(self) -> None:
        readings = table(
            share_reading(1, 1, "m.1"),
            share_reading(99, 100, "m.2"),
            share_reading(1, 10, "m.4"),
            share_reading(1, 10, "s.1"),
        )
        (judged,) = judge_project(
            case(
                gate("G3", *SOFT[:1], *HARD),
                readings=readings,
                acceptances=(acceptance("UX-05"),),
                exemptions=(exemption("UX-06"),),
            )
        ).gates
        urgent = by_urgency(judged.findings)
        assert [each.criterion.key for each in urgent] == [
            "UX-04",
            "UX-03",
            "SX-01",
            "UX-02",
            "UX-05",
        ]
        assert urgent[-1].state is FindingState.ACCEPTED
