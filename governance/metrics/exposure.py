"""Measure what waits for open decisions, and what a week more of waiting costs."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cache, cached_property, partial
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from governance.charts.reach import Reach, reach_of
from governance.choices import DependentKind
from governance.querysets.batches import Batch, batches
from governance.querysets.decisions import decision_tallies
from governance.querysets.exposure import OpenDecision, WaitingRow, open_at, waiting_at

AGES = (5, 10, 20)
"""Days that part the open decisions by age; DX-05 asks for five, and warns up to ten."""
WEEK = 7
DAY_SECONDS = 86_400
PROCESS, GO_LIVE = "PROCESS", "GO_LIVE"
KINDS = (PROCESS, DependentKind.SCENARIO, DependentKind.CRITERION, GO_LIVE)
_TENTH = Decimal("0.1")
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
        for row in self.waiting:
            if row.kind == DependentKind.DECISION and row.other in self._by_key:
                found[row.decision_id].append(self._by_key[row.other])
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
            scenarios=counts[DependentKind.SCENARIO],
            criteria=counts[DependentKind.CRITERION],
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


def exposures(*, project_ids: Collection[int], as_of: datetime) -> dict[int, Exposure]:
    """Return project id -> what waits for its decisions at a moment, in a few queries."""
    found: dict[int, Exposure] = {}
    for batch in batches(project_ids=project_ids, as_of=as_of):
        found.update(_measured(batch))
    return found


def _measured(batch: Batch) -> Iterator[tuple[int, Exposure]]:
    tallies = {tally.project_id: tally for tally in decision_tallies(batch)}
    decisions = _by_project(open_at(batch))
    waiting = _by_project(waiting_at(batch)) if decisions else {}
    scenarios = _scenarios(batch, waiting)
    for project_id, day in batch.days.items():
        tally = tallies.get(project_id)
        mine = decisions.get(project_id, [])
        open_ids = {row.pk for row in mine}
        known = [row for row in waiting.get(project_id, ()) if row.decision_id in open_ids]
        empty = Exposure(
            rows=(),
            held=NOTHING_HELD,
            median=_days(tally.median) if tally else None,
            latency=_days(tally.latency) if tally else None,
            raised=tally.raised if tally else 0,
            days_left=(day.go_live - day.today).days if day.go_live else None,
            waiting=tuple(known),
        )
        yield project_id, _filled(empty, mine, scenarios.get(project_id, {}), batch=batch)


def _by_project(rows: Any) -> dict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.project_id].append(row)
    return dict(found)


@cache
def _asked(name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = import_string(settings.EXPOSED[name])
    return found


def _scenarios(
    batch: Batch, waiting: Mapping[int, Collection[WaitingRow]]
) -> dict[int, dict[int | None, list[str]]]:
    """Return project -> accountable process -> codes of the scenarios that have to pass yet."""
    edges = [row for rows in waiting.values() for row in rows]
    processes = {row.other for row in edges if row.kind == PROCESS}
    found: defaultdict[int, defaultdict[int | None, list[str]]]
    found = defaultdict(lambda: defaultdict(list))
    if edges:
        for project_id, process_id, code in _asked("scenarios")(batch, process_ids=processes):
            found[project_id][process_id].append(code)
    return {key: dict(codes) for key, codes in found.items()}


def scenarios_left(*, project_id: int, as_of: datetime) -> int:
    """Return how many scenarios of a project have no valid pass at a moment."""
    found = batches(project_ids=[project_id], as_of=as_of)
    return sum(sum(_asked("left")(batch).values()) for batch in found)


def _filled(
    empty: Exposure,
    decisions: Collection[OpenDecision],
    scenarios: Mapping[int | None, list[str]],
    *,
    batch: Batch,
) -> Exposure:
    """Return it with each decision, what waits for it, and what waits for all of them."""
    codes = {row.pk: row.code for row in decisions}
    after: defaultdict[int, list[int]] = defaultdict(list)
    before: defaultdict[int, list[str]] = defaultdict(list)
    for row in empty.waiting:
        if row.kind == DependentKind.DECISION and row.other in codes:
            after[row.decision_id].append(row.other)
            before[row.other].append(codes[row.decision_id])
    unpassed = {code for each in scenarios.values() for code in each}
    leaves = _leaves(decisions, empty.waiting, unpassed)
    brings: dict[Hashable, list[Leaf]] = {
        (PROCESS, process): [(DependentKind.SCENARIO, code) for code in held_up]
        for process, held_up in scenarios.items()
    }
    reach = reach_of(codes, after=after, leaves=leaves, brings=brings)
    masks = _masks(reach)
    rows = [
        Exposed(
            decision=row,
            days=max((batch.as_of - row.asked_at).days, 0),
            is_overdue=bool(row.due_date and row.due_date < batch.days[row.project_id].today),
            waits_for=tuple(sorted(before[row.pk])),
            held=_held(masks, reach.leaves[row.pk], reach.decisions[row.pk].bit_count()),
        )
        for row in decisions
    ]
    held = _held(masks, reach.everything(), sum(bool(row.waits_for) for row in rows))
    ordered = tuple(sorted(rows, key=worst_first))
    return replace(empty, rows=ordered, held=held, leaves=leaves, brings=brings)


def _leaves(
    decisions: Collection[OpenDecision],
    waiting: Collection[WaitingRow],
    unpassed: Collection[str],
) -> dict[int, list[Leaf]]:
    """Return what waits for each decision itself; a scenario that passed waits no longer."""
    found: defaultdict[int, list[Leaf]] = defaultdict(list)
    for row in waiting:
        if row.kind == PROCESS:
            found[row.decision_id].append((PROCESS, row.other))
        elif row.kind == DependentKind.CRITERION or row.code in unpassed:
            found[row.decision_id].append((row.kind, row.code))
    for decision in decisions:
        if decision.blocks_go_live:
            found[decision.pk].append((GO_LIVE, ""))
    return found


def _masks(reach: Reach) -> dict[str, int]:
    return {kind: reach.bits_where(partial(_is_a, kind)) for kind in KINDS}


def _is_a(kind: str, leaf: Leaf) -> bool:
    return leaf[0] == kind


def _held(masks: Mapping[str, int], leaves: int, decisions: int) -> Held:
    return Held(
        processes=(leaves & masks[PROCESS]).bit_count(),
        scenarios=(leaves & masks[DependentKind.SCENARIO]).bit_count(),
        criteria=(leaves & masks[DependentKind.CRITERION]).bit_count(),
        decisions=decisions,
        go_live=bool(leaves & masks[GO_LIVE]),
    )


def worst_first(row: Exposed) -> tuple[Any, ...]:
    """Order by what waits: go-live, scenarios, everything; then by age."""
    held = row.held
    return (not held.go_live, -held.scenarios, -held.number, -row.days, row.decision.pk)


def _days(seconds: int) -> Decimal:
    return (Decimal(seconds) / DAY_SECONDS).quantize(_TENTH)


def _a_week(scenarios: int, days: int) -> Decimal:
    return (Decimal(scenarios * WEEK) / days).quantize(_TENTH)
