"""What a process signature covers, as canonical bytes.

Project and process by name, the gates it concerns, scope, scenarios with their runs by the
business and the photos of the newest, defects, the counts made of them, what the process still
waits for, criteria set aside, the policy and the go-live date. Nothing in it comes from a
signature, an acceptance or the clock, so signing changes no evidence and waiting changes none;
a partner's run proves nothing and unsettles nothing. Runs are append-only: their number and the
newest one stand for them all. Keys and texts are such that the encoder below writes RFC 8785.

Version 1 had neither names nor gates, photos, conditions nor criteria set aside, and named the
newest run by a number.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from governance.querysets.batches import Batch, batches
from governance.querysets.conditions import condition_rows
from governance.querysets.scope import names_of, scope_rows
from readiness.querysets import criteria_set_aside, gates_concerned, policies_in_force
from uat.querysets.evidence import defect_evidence, photo_evidence, scenario_evidence
from uat.querysets.tallies import projects_ahead

EVIDENCE_VERSION = 2
_SEVERE = ("SHOWSTOPPER", "HIGH")
_SETTLED = ("CLOSED", "REJECTED")
_TESTED, _PASSED = 7, 8
_PROCESS, _PROCESS_AND_CODE = itemgetter(0), itemgetter(0, 1)
_JSON = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=date.isoformat
)


def process_evidence(
    *,
    project_ids: Collection[int],
    as_of: datetime,
    process_ids: Collection[int] | None = None,
) -> dict[int, str]:
    """Return process id -> the canonical JSON of its evidence at a moment.

    Covers every accountable process in scope of the projects, or only those named.
    """
    found: dict[int, str] = {}
    for whole in batches(project_ids=project_ids, as_of=as_of):
        for batch in whole.parted(projects_ahead(whole)):
            found.update(evidence_of(batch, process_ids=process_ids))
    return found


def evidence_hash(body: str) -> str:
    """Return the SHA-256 of evidence in hexadecimal."""
    return hashlib.sha256(body.encode()).hexdigest()


def evidence_of(batch: Batch, *, process_ids: Collection[int] | None = None) -> dict[int, str]:
    """Return process id -> the canonical JSON of its evidence in a batch."""
    named = None if process_ids is None else set(process_ids)
    projects = {
        row.process_id: row.project_id
        for row in batch.processes
        if named is None or row.process_id in named
    }
    if not projects:
        return {}
    ground = _ground(batch)
    names = names_of(process_ids=projects)
    scope = _grouped(scope_rows(process_ids=projects, as_of=batch.as_of))
    scenarios = _with_photos(batch, projects)
    defects = _grouped(defect_evidence(batch, process_ids=projects))
    waits = _grouped(
        condition_rows(project_ids=batch.project_ids, process_ids=projects, as_of=batch.as_of)
    )
    return {
        process_id: _canonical(
            {
                "version": EVIDENCE_VERSION,
                "project": names[process_id].project,
                "process": names[process_id].process,
                "go_live_date": batch.days[project_id].go_live,
                **ground(project_id),
                "scope": scope.get(process_id, []),
                "scenarios": scenarios.get(process_id, []),
                "defects": defects.get(process_id, []),
                "conditions": sorted(waits.get(process_id, [])),
                "metrics": _metrics(scenarios.get(process_id, []), defects.get(process_id, [])),
            }
        )
        for process_id, project_id in projects.items()
    }


def _ground(batch: Batch) -> Callable[[int], dict[str, Any]]:
    """Return what to ask by project: the policies, gates and criteria set aside behind it."""
    policies = policies_in_force(project_ids=batch.project_ids)
    gates = gates_concerned(project_ids=batch.project_ids)
    aside = criteria_set_aside(project_ids=batch.project_ids, as_of=batch.as_of)
    return lambda project_id: {
        "policies": policies.get(project_id, []),
        "gates": gates.get(project_id, []),
        "set_aside": aside.get(project_id, []),
    }


def _with_photos(batch: Batch, process_ids: Collection[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return process id -> its scenarios, each with the hashes of its newest run's photos."""
    photos: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for process_id, code, sha256 in photo_evidence(batch, process_ids=process_ids):
        photos[process_id, code].append(sha256)
    rows = scenario_evidence(batch, process_ids=process_ids)
    return _grouped((*row, sorted(photos.get((row[0], row[1]), ()))) for row in rows)


def _canonical(content: dict[str, Any]) -> str:
    return _JSON.encode(content)


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Return process id -> its rows without the id, in the order of their codes."""
    ordered = sorted(rows, key=_PROCESS_AND_CODE)
    return {
        process_id: [row[1:] for row in group]
        for process_id, group in groupby(ordered, key=_PROCESS)
    }


def _metrics(
    scenarios: Sequence[tuple[Any, ...]], defects: Sequence[tuple[Any, ...]]
) -> dict[str, list[int]]:
    """Return done of due for what is counted over these scenarios and defects."""
    severe = sum(
        severity in _SEVERE and state not in _SETTLED for _, severity, state, *_ in defects
    )
    return {
        "uat.exec_pct": [sum(row[_TESTED] for row in scenarios), len(scenarios)],
        "uat.pass_pct": [sum(row[_PASSED] for row in scenarios), len(scenarios)],
        "def.open_s1s2": [severe, len(defects)],
    }
