"""A stored body becomes terms."""

from decimal import Decimal
from typing import Any

from governance.choices import Role
from governance.readings import ReadingKind
from readiness.choices import Comparison, Grade, MetricOrigin
from readiness.policy.hashing import canonical_json
from readiness.policy.parsing import criterion_of, gate_of, gates_of_body, on_calendar
from readiness.policy.terms import BaselineTerms, DecisionTerms

CRITERION: dict[str, Any] = {
    "key": "HX-04",
    "wording": "Stock is right.",
    "why": "Wrong stock is late.",
    "says": "{missing} wrong",
    "todo": "Count {need_noun}.",
    "metric": "inv.accuracy_pct",
    "origin": "REPORTED",
    "kind": "SHARE",
    "class": "HARD",
    "comparison": "AT_LEAST",
    "target": "99.5",
    "due_days": 7,
    "accountable": ["DATA_OWNER", "FINANCE"],
    "grade": "A",
    "sources": ["M1:3"],
}
GATE: dict[str, Any] = {
    "gate": "G5",
    "name": "Rehearsal",
    "question": "Done before?",
    "opens_days": 84,
    "decision_days": 14,
    "decisions": [{"name": "First", "days": 56}],
    "criteria": [CRITERION],
}


class TestCriterionOf:
    def test_reads_what_is_given_and_defaults_the_rest(self) -> None:
        terms = criterion_of(CRITERION, gate="G5")
        assert terms.target == Decimal("99.5")
        assert terms.kind is ReadingKind.SHARE
        assert terms.origin is MetricOrigin.REPORTED
        assert terms.accountable == (Role.DATA_OWNER, Role.FINANCE)
        assert terms.hard
        assert (terms.warn, terms.warn_comparison, terms.baseline) == (None, None, None)
        assert (terms.glide, terms.min_population, terms.in_meeting) == ((), 1, False)
        assert terms.threshold_grade is Grade.OFFICIAL

    def test_reads_everything(self) -> None:
        terms = criterion_of(
            CRITERION
            | {
                "class": "SOFT",
                "warn": 95,
                "warn_comparison": "LESS_THAN",
                "glide": [[84, 0], [7, "99.5"]],
                "baseline": {"metric": "b.pct", "mode": "FACTOR"},
                "min_population": 20,
                "in_meeting": True,
                "noun": ["position", "positions"],
                "unit": "of 5",
                "ttl_days": 3,
                "threshold_grade": "P",
            },
            gate="G5",
        )
        assert not terms.hard
        assert (terms.warn, terms.warn_comparison) == (Decimal(95), Comparison.LESS_THAN)
        assert terms.glide == ((84, Decimal(0)), (7, Decimal("99.5")))
        assert terms.baseline == BaselineTerms("b.pct", is_factor=True)
        assert (terms.min_population, terms.in_meeting, terms.ttl_days) == (20, True, 3)
        assert (terms.noun, terms.unit) == (("position", "positions"), "of 5")
        assert terms.threshold_grade is Grade.PROPOSED


class TestGateOf:
    def test_reads_the_calendar(self) -> None:
        terms = gate_of(GATE)
        assert (terms.opens_days, terms.decision_days, terms.after_go_live) == (84, 14, False)
        assert terms.decisions == (DecisionTerms("First", 56),)
        assert terms.upstream == ()

    def test_gives_another_digest_to_every_change_of_a_word(self) -> None:
        reworded = GATE | {"criteria": [CRITERION | {"why": "It matters."}]}
        assert gate_of(GATE) == gate_of(dict(reversed(GATE.items())))
        assert gate_of(GATE) != gate_of(reworded)


class TestGatesOfBody:
    def test_keeps_the_order_of_the_policy(self) -> None:
        text = canonical_json({"gates": [GATE, GATE | {"gate": "G1"}]})
        assert list(gates_of_body(text)) == ["G5", "G1"]


class TestOnCalendar:
    def test_moves_the_opening_and_says_so_in_the_digest(self) -> None:
        gate = gate_of(GATE)
        assert on_calendar(gate, opens_days=84, decision_days=14) is gate
        moved = on_calendar(gate, opens_days=90, decision_days=14)
        assert (moved.opens_days, moved.decision_days) == (90, 14)
        assert moved != gate
        assert on_calendar(gate, opens_days=84, decision_days=15).decision_days == 15
