"""Follow what waits for what to its end: pure, and fast enough for thousands of decisions."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Leaves = Mapping[int, Iterable[Hashable]]
NOTHING: Mapping[Hashable, Collection[Hashable]] = {}


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything that waits for each of some decisions, at any remove.

    A set of things is one whole number, in which each has its bit: `decisions` and `leaves`
    are decision -> such a number, `places` what stands at which bit of the latter.
    """

    decisions: dict[int, int] = field(default_factory=dict)
    leaves: dict[int, int] = field(default_factory=dict)
    places: dict[Hashable, int] = field(default_factory=dict)

    def bits_where(self, wanted: Callable[[Any], bool]) -> int:
        """Return the set of the leaves of which something holds."""
        bits = "".join("1" if wanted(leaf) else "0" for leaf in self.places)
        return int(bits[::-1] or "0", 2)

    def everything(self) -> int:
        """Return the set of all leaves that wait for any of the decisions."""
        bits = 0
        for each in self.leaves.values():
            bits |= each
        return bits


def reach_of(
    decisions: Collection[int],
    *,
    after: Mapping[int, Collection[int]],
    leaves: Leaves,
    brings: Mapping[Hashable, Collection[Hashable]] = NOTHING,
) -> Reach:
    """Return what waits for each decision; `after` are the decisions that wait for one.

    `brings` are the leaves that come along with a leaf. Only decisions that are given are
    followed. In a loop, which nobody can write but a table might hold, each edge is still
    followed once.
    """
    found = Reach()
    masks: dict[Hashable, int] = {}
    numbers = {key: place for place, key in enumerate(decisions)}
    for key in from_the_end(numbers, after=after):
        own, below = 0, 0
        for leaf in leaves.get(key, ()):
            if leaf not in masks:
                masks[leaf] = _bits([leaf, *brings.get(leaf, ())], found.places)
            own |= masks[leaf]
        for waiting in after.get(key, ()):
            if waiting in numbers:
                own |= found.leaves.get(waiting, 0)
                below |= found.decisions.get(waiting, 0) | 1 << numbers[waiting]
        found.leaves[key], found.decisions[key] = own, below
    return found


def _bits(things: Iterable[Hashable], places: dict[Hashable, int]) -> int:
    bits = 0
    for thing in things:
        bits |= 1 << places.setdefault(thing, len(places))
    return bits


def from_the_end(decisions: Iterable[int], *, after: Mapping[int, Collection[int]]) -> list[int]:
    """Return decisions so that each comes after those that wait for it; without recursion."""
    order: list[int] = []
    seen: set[int] = set()
    for start in decisions:
        if start in seen:
            continue
        seen.add(start)
        stack = [(start, iter(after.get(start, ())))]
        while stack:
            key, rest = stack[-1]
            for step in rest:
                if step not in seen:
                    seen.add(step)
                    stack.append((step, iter(after.get(step, ()))))
                    break
            else:
                order.append(key)
                stack.pop()
    return order
