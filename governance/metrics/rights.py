"""Measure for which kinds of decision there is exactly one decider, in every process in scope."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.choices import DecisionKind
from governance.querysets.batches import Batch, batches
from governance.querysets.ownership import owner_loads
from governance.querysets.rights import right_tallies
from governance.readings import Readings, share

RACI = "gov.raci_pct"
Place = tuple[int | None, str]
"""A process, or all of them (None), and a kind of decision."""
MOST_PROCESSES = 5
"""Whoever owns more than so many processes of one project owns too many to know them."""


@dataclass(frozen=True, slots=True)
class KindRights:
    """How one kind of decision is covered: a gap, double deciders, or neither."""

    has_gap: bool
    has_double: bool

    @property
    def is_clear(self) -> bool:
        """Say whether exactly one person decides in every process."""
        return not (self.has_gap or self.has_double)


def put_rights(readings: Readings, batch: Batch) -> None:
    """Put how many kinds of decision have exactly one decider in every process in scope.

    Where nothing is in scope there is nothing to decide about. Source: DX-04.
    """
    for project_id, kinds in kinds_of(batch).items():
        clear = sum(kind.is_clear for kind in kinds.values())
        reading = share(RACI, done=clear, due=len(kinds), as_of=batch.as_of)
        readings.put(project_id, reading)


def rights_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return project id -> what page one says of owners and deciders, where a process is."""
    found: dict[int, dict[str, Any]] = {}
    for batch in batches(project_ids=project_ids, as_of=as_of):
        unowned = dict.fromkeys(batch.days, 0)
        for process in batch.processes:
            unowned[process.project_id] += not process.has_owner
        overloaded = dict.fromkeys(batch.days, 0)
        for load in owner_loads(batch):
            overloaded[load.project_id] += load.processes > MOST_PROCESSES
        for project_id, kinds in kinds_of(batch).items():
            if kinds:
                told = {"unowned": unowned[project_id], "overloaded": overloaded[project_id]}
                found[project_id] = _counts(kinds.values()) | told
    return found


def kinds_of(batch: Batch) -> dict[int, dict[str, KindRights]]:
    """Return project -> kind -> how it is covered; nothing where no process is in scope."""
    sizes = dict.fromkeys(batch.days, 0)
    for process in batch.processes:
        sizes[process.project_id] += 1
    held: defaultdict[int, dict[Place, int]] = defaultdict(dict)
    for tally in right_tallies(batch):
        held[tally.project_id][tally.process_id, tally.kind] = tally.deciders
    return {key: covered_kinds(held[key], size=size) for key, size in sizes.items()}


def covered_kinds(held: Mapping[Place, int], *, size: int) -> dict[str, KindRights]:
    """Return kind -> how it is covered in so many processes; nothing where there is none."""
    for_all: dict[str, int] = {}
    own: defaultdict[str, list[int]] = defaultdict(list)
    for (process_id, kind), deciders in held.items():
        if process_id is None:
            for_all[kind] = deciders
        else:
            own[kind].append(deciders)
    kinds = [str(kind) for kind in DecisionKind] if size else []
    return {kind: _covered(for_all.get(kind, 0), own[kind], size) for kind in kinds}


def _covered(for_all: int, own: Collection[int], size: int) -> KindRights:
    is_asked = len(own) < size
    return KindRights(
        has_gap=is_asked and not for_all,
        has_double=(is_asked and for_all > 1) or any(number > 1 for number in own),
    )


def _counts(kinds: Iterable[KindRights]) -> dict[str, Any]:
    held = list(kinds)
    counts: Mapping[str, int] = {
        "kinds": len(held),
        "clear": sum(kind.is_clear for kind in held),
        "gaps": sum(kind.has_gap for kind in held),
        "doubles": sum(kind.has_double for kind in held),
    }
    return dict(counts)
