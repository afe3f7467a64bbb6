"""What the signature of a scope covers, and which processes stand signed on theirs.

The nodes that a process answers for, in scope and out of it, and the scenarios in scope by
their codes. Nothing in it comes from a test run, a signature or the clock.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from governance.choices import SignoffAct, SignoffKind
from governance.querysets.batches import Batch, batches
from governance.querysets.scope import names_of, whole_scope_rows
from governance.querysets.signatures import newest_signatures
from governance.readings import Readings, share
from governance.record.canonical import canonical, sha256_of
from uat.querysets.evidence import scenario_codes
from uat.querysets.tallies import projects_ahead

SCOPE_VERSION = 1
SCOPE_SIGNED = "scope.signed_pct"


def process_scopes(
    *, project_ids: Collection[int], as_of: datetime, process_ids: Collection[int] | None = None
) -> dict[int, str]:
    """Return process id -> the canonical JSON of its scope at a moment."""
    found: dict[int, str] = {}
    for whole in batches(project_ids=project_ids, as_of=as_of):
        for batch in whole.parted(projects_ahead(whole)):
            found.update(scopes_of(batch, process_ids=process_ids))
    return found


def scopes_of(batch: Batch, *, process_ids: Collection[int] | None = None) -> dict[int, str]:
    """Return process id -> the canonical JSON of its scope in a batch."""
    wanted = [
        row.process_id
        for row in batch.processes
        if process_ids is None or row.process_id in process_ids
    ]
    if not wanted:
        return {}
    nodes: defaultdict[int, list[tuple[object, ...]]] = defaultdict(list)
    for process_id, *node in whole_scope_rows(process_ids=wanted, as_of=batch.as_of):
        nodes[process_id].append(tuple(node))
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for process_id, code in scenario_codes(batch, process_ids=wanted):
        codes[process_id].append(code)
    names = names_of(process_ids=wanted)
    return {
        key: canonical(
            {
                "version": SCOPE_VERSION,
                "project": names[key].project,
                "process": names[key].process,
                "nodes": sorted(nodes[key], key=repr),
                "scenarios": sorted(codes[key]),
            }
        )
        for key in wanted
    }


def measure_scopes(batch: Batch) -> Readings:
    """Return how many processes stand signed on their scope as it is."""
    readings = Readings()
    valid = _signed_in(batch)
    done, due = dict.fromkeys(batch.days, 0), dict.fromkeys(batch.days, 0)
    for row in batch.processes:
        due[row.project_id] += 1
        done[row.project_id] += row.process_id in valid
    for project_id, number in due.items():
        reading = share(SCOPE_SIGNED, done=done[project_id], due=number, as_of=batch.as_of)
        readings.put(project_id, reading)
    return readings


def _signed_in(batch: Batch) -> set[int]:
    """Return the processes of a batch whose scope stands signed."""
    acts = newest_signatures(
        project_ids=batch.project_ids, as_of=batch.as_of, kind=SignoffKind.SCOPE
    )
    signed = {row.process_id: row.evidence_hash for row in acts if row.act == SignoffAct.SIGNED}
    if not signed:
        return set()
    bodies = scopes_of(batch, process_ids=signed)
    return {key for key, body in bodies.items() if sha256_of(body) == signed[key]}
