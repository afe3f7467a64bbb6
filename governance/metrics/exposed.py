"""What waits for open decisions, as it was measured: pure values."""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from governance.choices import DependentKind
from governance.querysets.exposure import OpenDecision, WaitingRow

AGES = (5, 10, 20)
"""Days that part the open decisions by age; DX-05 asks for five, and warns up to ten."""
WEEK = 7
PROCESS, GO_LIVE = "PROCESS", "GO_LIVE"
SCENARIO, CRITERION, DECISION = (
    DependentKind.SCENARIO.value,
    DependentKind.CRITERION.value,
    DependentKind.DECISION.value,
)
KINDS = (PROCESS, SCENARIO, CRITERION, GO_LIVE)
TENTH = Decimal("0.1")
Leaf = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """How much waits for a decision, or for all of them, at any remove."""

    processes: int
    scenarios: int
    criteria: int
    decisions: int
    go_live: bool

    @property
    def number(self) -> int:
        """Return how many things wait, go-live being one."""
        return self.processes + self.scenarios + self.criteria + self.decisions + self.go_live


NOTHING_HELD = Held(processes=0, scenarios=0, criteria=0, decisions=0, go_live=False)


@dataclass(frozen=True, slots=True)
class Exposed:
    """An open decision, its age in whole days, what it waits for itself and what waits for it."""

    decision: OpenDecision
    days: int
    is_overdue: bool
    waits_for: tuple[str, ...]
    held: Held


@dataclass(frozen=True, slots=True)
class Pace:
    """How many scenarios a week have to pass until go-live: starting now, or a week later.

    `later` is None where no week would be left.
    """

    now: Decimal
    later: Decimal | None


@dataclass(frozen=True)
class Exposure:
    """The open decisions of a project, the worst first, and everything that waits for them."""

    rows: tuple[Exposed, ...]
    held: Held
    median: Decimal | None
    latency: Decimal | None
    raised: int
    days_left: int | None
    waiting: tuple[WaitingRow, ...] = ()
    leaves: Mapping[int, Collection[Leaf]] = field(default_factory=dict)
    brings: Mapping[Hashable, Collection[Leaf]] = field(default_factory=dict)

    @property
    def overdue(self) -> int:
        """Return how many are past the day by which they were needed."""
        return sum(row.is_overdue for row in self.rows)

    @property
    def blocking(self) -> int:
        """Return how many say that go-live cannot happen without them."""
        return sum(row.decision.blocks_go_live for row in self.rows)

    @property
    def by_age(self) -> list[int]:
        """Return how many are of each age, the youngest first: up to each of AGES, and older."""
        counts = [0] * (len(AGES) + 1)
        for row in self.rows:
            counts[sum(row.days > limit for limit in AGES)] += 1
        return counts

    @cached_property
    def _by_key(self) -> dict[int, Exposed]:
        return {row.decision.pk: row for row in self.rows}

    @cached_property
    def _after(self) -> dict[int, list[Exposed]]:
        found: defaultdict[int, list[Exposed]] = defaultdict(list)
        for _, decision_id, kind, _, other in self.waiting:
            if kind == DECISION and other in self._by_key:
                found[decision_id].append(self._by_key[other])
        return found

    def row_of(self, decision_id: int) -> Exposed | None:
        """Return an open decision by its key; None where it is not open."""
        return self._by_key.get(decision_id)

    def after(self, decision_id: int) -> list[Exposed]:
        """Return the open decisions that wait for one, the next ones only, the worst first."""
        return sorted(self._after.get(decision_id, ()), key=worst_first)

    def direct(self, decision_id: int) -> Held:
        """Return what waits for a decision itself, apart from decisions."""
        own = set(self.leaves.get(decision_id, ()))
        own |= {brought for leaf in own for brought in self.brings.get(leaf, ())}
        counts = Counter(kind for kind, _ in own)
        return Held(
            processes=counts[PROCESS],
            scenarios=counts[SCENARIO],
            criteria=counts[CRITERION],
            decisions=0,
            go_live=bool(counts[GO_LIVE]),
        )

    def pace_of(self, held: Held) -> Pace | None:
        """Return what a week more costs; None without scenarios, or a go-live ahead."""
        if not held.scenarios or not self.days_left or self.days_left <= 0:
            return None
        left = self.days_left - WEEK
        return Pace(
            now=_a_week(held.scenarios, self.days_left),
            later=_a_week(held.scenarios, left) if left > 0 else None,
        )


def worst_first(row: Exposed) -> tuple[Any, ...]:
    """Order by what waits: go-live, scenarios, everything; then by age."""
    held = row.held
    return (not held.go_live, -held.scenarios, -held.number, -row.days, row.decision.pk)


def _a_week(scenarios: int, days: int) -> Decimal:
    return (Decimal(scenarios * WEEK) / days).quantize(TENTH)
