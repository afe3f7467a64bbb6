"""What a schema cannot say about a policy is said here, with a remedy."""

from collections.abc import Sequence
from typing import Any

import pytest

from governance.readings import ReadingKind
from readiness.choices import Comparison, MetricOrigin
from readiness.policy.checking import problems_of
from readiness.policy.projects import WATERMELON
from readiness.policy.terms import BaselineTerms, CriterionTerms, GateTerms
from tests.readiness.policy.cases import count_criterion, criterion, gate, yes_criterion

REPORTED: dict[str, Any] = {"ttl_days": 7, "sources": ("M1:3",)}
BASELINE = BaselineTerms("b.pct", is_factor=False)


def complaints(*gates: GateTerms) -> list[tuple[str, str]]:
    """Return (field, reason) of every problem."""
    return [(each.field, each.reason) for each in problems_of(gates, sources=["M1"])]


def complaints_about(terms: CriterionTerms) -> list[str]:
    """Return the fields that are wrong with one criterion."""
    return [field for field, _ in complaints(gate("G3", terms))]


class TestProblemsOf:
    def test_are_none_for_a_sound_policy(self) -> None:
        later = gate("G6", yes_criterion(**REPORTED), upstream=("G3",))
        assert complaints(gate("G3", criterion(**REPORTED)), later) == []

    @pytest.mark.parametrize(
        ("terms", "fields"),
        [
            (criterion(kind=ReadingKind.YES_NO, **REPORTED), ["comparison", "target"]),
            (criterion(comparison=Comparison.IS_TRUE, warn=None, **REPORTED), ["comparison"]),
            (yes_criterion(target=0, **REPORTED), ["target"]),
            (criterion(target=101, warn=98, **REPORTED), ["target"]),
            (criterion(target=-1, warn=None, **REPORTED), ["target"]),
            (criterion(target=-1, warn=-2, baseline=BASELINE, **REPORTED), ["baseline"]),
            (criterion(warn=101, **REPORTED), ["warn"]),
            (count_criterion(warn=-1, **REPORTED), ["warn"]),
            (count_criterion(warn=1, comparison=Comparison.EQUAL, **REPORTED), ["warn"]),
            (criterion(due_days=57, **REPORTED), ["due_days"]),
            (criterion(glide=[(28, 0), (56, 100)], **REPORTED), ["glide", "glide"]),
            (criterion(glide=[(56, 0), (28, 99)], **REPORTED), ["glide"]),
            (criterion(glide=[(56, 0), (40, 90), (35, 80), (28, 100)], **REPORTED), ["glide"]),
            (count_criterion(glide=[(56, 0), (40, 5), (28, 0)], **REPORTED), ["glide"]),
            (yes_criterion(glide=[(56, 0), (28, 1)], **REPORTED), ["glide"]),
            (
                criterion(baseline=BASELINE, glide=[(56, 0), (28, 100)], **REPORTED),
                ["baseline", "glide"],
            ),
            (criterion(sources=("M1",)), ["ttl_days"]),
            (criterion(origin=MetricOrigin.COMPUTED, **REPORTED), ["ttl_days"]),
            (criterion(origin=MetricOrigin.DERIVED, sources=("M1",)), ["origin"]),
            (count_criterion(metric=WATERMELON, **REPORTED), ["origin"]),
            (criterion(says="{nonsense}", **REPORTED), ["says"]),
            (criterion(todo="{done!r} {due:>9}", **REPORTED), ["todo"]),
            (criterion(todo="{done", **REPORTED), ["todo"]),
            (criterion(ttl_days=7, sources=("M1", "Z9:1")), ["sources"]),
        ],
    )
    def test_name_the_field(self, terms: CriterionTerms, fields: Sequence[str]) -> None:
        assert complaints_about(terms) == fields

    def test_take_a_baseline_that_somebody_is_asked_for(self) -> None:
        against = criterion(target=-1, warn=-2, baseline=BASELINE, **REPORTED)
        asked = criterion(key="UX-02", metric="b.pct", **REPORTED)
        assert complaints(gate("G3", against, asked)) == []

    def test_find_a_key_used_twice(self) -> None:
        one = gate("G3", criterion(**REPORTED))
        assert ("key", "this key is used twice") in complaints(one, gate("G4", *one.criteria))
        assert ("gate", "this key is used twice") in complaints(one, gate("G3"))

    def test_find_one_metric_asked_for_two_kinds_of_number(self) -> None:
        other = criterion(key="UX-02", kind=ReadingKind.COUNT, **REPORTED)
        found = complaints(gate("G3", criterion(**REPORTED), other))
        assert found == [("kind", "uat.exec_pct is SHARE in another criterion")]

    def test_find_upstream_gates_that_cannot_be_waited_for(self) -> None:
        melon = count_criterion(metric=WATERMELON, origin=MetricOrigin.DERIVED, sources=("M1",))
        found = complaints(
            gate("G2", upstream=("G3",)), gate("G3", melon), gate("G6", upstream=("G3",))
        )
        assert found == [
            ("upstream", "G3 does not stand before this gate"),
            ("upstream", f"G3 asks for {WATERMELON}"),
        ]

    def test_find_a_hypercare_gate_that_opens_before_go_live(self) -> None:
        assert complaints(gate("G7", after_go_live=True)) == [
            ("opens_days", "a gate after go-live opens before it")
        ]
