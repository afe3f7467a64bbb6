"""What waits for what is followed to its end, each thing once."""

from governance.charts.reach import from_the_end, reach_of


def counts(reach: object, key: int) -> tuple[int, int]:
    """Return how many leaves and how many decisions wait for one."""
    return reach.leaves[key].bit_count(), reach.decisions[key].bit_count()  # type: ignore[attr-defined]


class TestReachOf:
    def test_counts_what_two_ways_lead_to_once(self) -> None:
        after = {1: [2, 3], 2: [4], 3: [4]}
        found = reach_of([1, 2, 3, 4], after=after, leaves={2: ["a"], 3: ["a", "b"], 4: ["c"]})
        assert counts(found, 1) == (3, 3)
        assert counts(found, 2) == (2, 1)
        assert counts(found, 4) == (1, 0)

    def test_takes_along_what_a_leaf_brings(self) -> None:
        found = reach_of([1], after={}, leaves={1: ["p", "s1"]}, brings={"p": ["s1", "s2"]})
        assert counts(found, 1) == (3, 0)
        assert found.bits_where(lambda leaf: str(leaf).startswith("s")).bit_count() == 2

    def test_follows_only_what_is_given(self) -> None:
        found = reach_of([1], after={1: [2]}, leaves={2: ["a"]})
        assert counts(found, 1) == (0, 0)

    def test_ends_in_a_loop_too(self) -> None:
        found = reach_of([1, 2], after={1: [2], 2: [1]}, leaves={1: ["a"], 2: ["b"]})
        assert max(counts(found, 1), counts(found, 2)) >= (2, 1)

    def test_does_not_end_the_stack_in_a_long_line(self) -> None:
        number = 5000
        after = {key: [key + 1] for key in range(number)}
        found = reach_of(range(number), after=after, leaves={})
        assert counts(found, 0) == (0, number - 1)


class TestFromTheEnd:
    def test_puts_each_behind_those_that_wait_for_it(self) -> None:
        order = from_the_end([1, 2, 3], after={1: [3], 2: [3]})
        assert order.index(3) < min(order.index(1), order.index(2))
