"""The rail of gates, and each gate with its criteria."""

from datetime import UTC
from typing import Any

from governance.models import Project
from readiness.pages.findings import Setting
from readiness.pages.sections import rail_of, sections_of
from tests.readiness.pages.test_findings import finding

SETTING = Setting(Project(), UTC, "now", {})


def gate(key: str, verdict: str = "NO_GO", **fields: Any) -> dict[str, Any]:
    """Return a gate as a body carries it."""
    return {
        "key": key,
        "name": "UAT exit",
        "question": "Does it work?",
        "verdict": verdict,
        "headline": "NO-GO: 1 hard criterion missed",
        "is_deciding": True,
        "opens_date": "2026-05-18",
        "decision_date": "2026-06-15",
        "counts": {"MISSED": 1},
        "in_meeting": [{"wording": "All voted", "who": ["Sponsor"]}],
        "findings": [finding()],
    } | fields


def body(*gates: dict[str, Any]) -> dict[str, Any]:
    """Return a body of gates, judged on 1 June 2026."""
    return {"local_date": "2026-06-01", "gates": list(gates)}


class TestRailOf:
    def test_dates_open_gates_by_their_decision_and_others_by_their_opening(self) -> None:
        steps = rail_of(body(gate("G3"), gate("G7", "NOT_OPEN", opens_date="2026-07-20")))
        assert [step.when for step in steps] == [
            "decision Mon 15 Jun 2026, in 14 days",
            "opens Mon 20 Jul 2026, in 49 days",
        ]
        assert [step.href for step in steps] == ["#G3", ""]

    def test_marks_the_gate_that_is_decided_next(self) -> None:
        passed = gate("G1", decision_date="2026-05-01")
        later = gate("G6", decision_date="2026-07-01")
        undated = gate("G7", decision_date=None)
        steps = rail_of(body(passed, later, gate("G3"), undated))
        assert [step.key for step in steps if step.current] == ["G3"]

    def test_marks_none_when_all_are_decided(self) -> None:
        steps = rail_of(body(gate("G1", decision_date="2026-05-01")))
        assert [step.current for step in steps] == [False]
        assert steps[0].when == "decision Fri 1 May 2026, 31 days ago"

    def test_says_so_without_a_date(self) -> None:
        steps = rail_of(body(gate("G1", "NOT_OPEN", opens_date=None, decision_date=None)))
        assert steps[0].when == "no date set"

    def test_is_empty_before_the_first_judgement(self) -> None:
        assert rail_of({}) == []


class TestSectionsOf:
    def test_shows_open_gates_with_what_is_red_first(self) -> None:
        met = finding(criterion="UX-00", state="MET")
        told = gate("G3", findings=[met, finding()], counts={"MET": 1, "MISSED": 1})
        (section,) = sections_of(body(told, gate("G7", "NOT_OPEN")), SETTING)
        assert [row.key for row in section.red] == ["UX-01"]
        assert [row.key for row in section.rows] == ["UX-00"]
        assert section.summary == "2 criteria: 1 met, 1 missed"
        assert section.rows_summary == "1 criterion: 1 met"
        assert section.sentence == "1 hard criterion missed"
        assert section.in_meeting == ["All voted (Sponsor)"]

    def test_has_one_list_where_nothing_is_red(self) -> None:
        told = gate("G3", "GO", findings=[finding(state="MET")], counts={"MET": 1})
        (section,) = sections_of(body(told), SETTING)
        assert (section.red, len(section.rows), section.rows_summary) == ([], 1, "")

    def test_unfolds_the_one_that_is_most_pressing(self) -> None:
        gates = [
            gate("G1", "GO"),
            gate("G2", "NO_GO", decision_date="2026-05-20"),
            gate("G3", "NO_GO", decision_date="2026-06-15"),
            gate("G4", "NO_GO", decision_date="2026-06-29"),
            gate("G5", "CONDITIONAL", decision_date="2026-06-02"),
            gate("G6", "NO_GO", is_deciding=False, decision_date="2026-06-02"),
        ]
        sections = sections_of(body(*gates), SETTING)
        assert [section.key for section in sections if section.unfolded] == ["G3"]

    def test_unfolds_the_one_that_passed_last_when_none_is_coming(self) -> None:
        gates = [
            gate("G1", decision_date="2026-03-01"),
            gate("G2", decision_date="2026-05-20"),
        ]
        sections = sections_of(body(*gates), SETTING)
        assert [section.key for section in sections if section.unfolded] == ["G2"]

    def test_unfolds_none_when_all_is_well(self) -> None:
        assert not any(each.unfolded for each in sections_of(body(gate("G1", "GO")), SETTING))
