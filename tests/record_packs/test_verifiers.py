"""A slice of what `make record-attacks` tries, in every run: both verifiers, one verdict."""

import pytest

from tests.record_packs import attacking, judging, mutations, planted, proofs, running, weakening
from tests.record_packs.cases import INVALID

SLICE = 11
TRIED = 12


def test_both_give_the_verdict_that_is_known_by_how_a_pack_was_made() -> None:
    cases = running.cases()
    assert len(cases) >= 500
    some = cases[::SLICE]
    for case, python, node in zip(
        some, judging.by_python(some), judging.by_node(some), strict=True
    ):
        assert python.is_as_in(case), (case.name, python)
        assert node.is_as_in(case), (case.name, node)


def test_attacks_are_detected_as_far_as_anything_outside_reaches() -> None:
    attempts = [*attacking.against(0)][::SLICE] + [*attacking.foreign()][::SLICE]
    outcome = attacking.judged(attempts)
    assert not outcome.missed
    assert not outcome.disagreements
    assert outcome.detected == outcome.attempts == len(attempts)


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 6, 7, 8, 13, 16, 17, 31, 33, 64])
def test_the_trees_of_product_and_verifier_are_that_of_rfc_6962(size: int) -> None:
    found = proofs.of_size(size)
    assert found.tried == 2 * size + 2
    assert not found.wrong


@pytest.mark.parametrize("family", mutations.FAMILIES)
def test_no_mutation_is_accepted(family: str) -> None:
    mutation, count = mutations.FAMILIES[family]
    some = [mutation(number) for number in range(0, count, count // TRIED)]
    for case, python, node in zip(
        some, judging.by_python(some), judging.by_node(some), strict=True
    ):
        assert python.verdict == node.verdict == INVALID, (case.name, python, node)


@pytest.mark.parametrize("name", weakening.PLANTED)
def test_a_weak_verifier_is_told_by_the_corpus(name: str) -> None:
    begin = weakening.PLANTED[name][-1]
    telling = [case for case in running.cases() if case.name.startswith(begin)]
    assert planted.caught(weakening.planted(name), cases=telling), name


def test_each_check_can_be_left_out_alone() -> None:
    weak = list(weakening.weaknesses(every=20))
    assert len(weak) > 7
    for one in weak:
        compile(one.program, one.name, "exec")


def test_a_verifier_that_falls_over_has_not_refused() -> None:
    case = running.cases()[0]
    broken = judging.fresh()
    vars(broken)["verify"] = None
    assert judging.ask(case, by=broken).verdict == judging.CRASHED
