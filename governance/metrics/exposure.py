"""Measure what waits for open decisions, and what a week more of waiting costs."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from governance.charts.reach import Reach, reach_of
from governance.metrics.exposed import (
    CRITERION,
    DECISION,
    GO_LIVE,
    KINDS,
    NOTHING_HELD,
    PROCESS,
    SCENARIO,
    TENTH,
    Exposed,
    Exposure,
    Held,
    Leaf,
    worst_first,
)
from governance.querysets.batches import Batch, batches
from governance.querysets.decisions import decision_tallies
from governance.querysets.exposure import OpenDecision, WaitingRow, open_at, waiting_at

DAY_SECONDS = 86_400


def exposures(*, project_ids: Collection[int], as_of: datetime) -> dict[int, Exposure]:
    """Return project id -> what waits for its decisions at a moment, in a few queries."""
    found: dict[int, Exposure] = {}
    for batch in batches(project_ids=project_ids, as_of=as_of):
        found.update(_measured(batch))
    return found


def _measured(batch: Batch) -> Iterator[tuple[int, Exposure]]:
    tallies = {tally.project_id: tally for tally in decision_tallies(batch)}
    decisions, waiting = _by_project(open_at(batch)), {}
    if decisions:
        waiting = _by_project(waiting_at(batch))
    scenarios = _scenarios(batch, waiting)
    for project_id, day in batch.days.items():
        tally = tallies.get(project_id)
        mine = decisions.get(project_id, [])
        open_ids = {row.pk for row in mine}
        known = [row for row in waiting.get(project_id, ()) if row[1] in open_ids]
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
        found[row[0]].append(row)
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
    processes = {other for _, _, kind, _, other in edges if kind == PROCESS}
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
    for _, decision_id, kind, _, other in empty.waiting:
        if kind == DECISION and other in codes:
            after[decision_id].append(other)
            before[other].append(codes[decision_id])
    unpassed = {code for each in scenarios.values() for code in each}
    leaves = _leaves(decisions, empty.waiting, unpassed)
    brings: dict[Hashable, list[Leaf]] = {
        (PROCESS, process): [(SCENARIO, code) for code in held_up]
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
    for _, decision_id, kind, code, other in waiting:
        if kind == PROCESS:
            found[decision_id].append((PROCESS, other))
        elif kind == CRITERION or code in unpassed:
            found[decision_id].append((kind, code))
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
        scenarios=(leaves & masks[SCENARIO]).bit_count(),
        criteria=(leaves & masks[CRITERION]).bit_count(),
        decisions=decisions,
        go_live=bool(leaves & masks[GO_LIVE]),
    )


def _days(seconds: int) -> Decimal:
    return (Decimal(seconds) / DAY_SECONDS).quantize(TENTH)
