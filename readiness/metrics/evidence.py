"""What a process signature covers, as canonical bytes.

Scope, scenarios with their runs by the business, defects, the counts made of them, the
policy and the go-live date. Nothing in it comes from a signature or from the clock, so
signing changes no evidence and waiting changes none; a partner's run proves nothing and
unsettles nothing. Runs are append-only: their number and the newest one stand for them all.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from governance.querysets.batches import Batch, batches
from governance.querysets.scope import ScopeRow, scope_rows
from readiness.querysets import policies_in_force
from uat.querysets.evidence import (
    DefectEvidence,
    ScenarioEvidence,
    defect_evidence,
    scenario_evidence,
)
from uat.querysets.tallies import projects_ahead

EVIDENCE_VERSION = 1
_SEVERE = ("SHOWSTOPPER", "HIGH")
_SETTLED = ("CLOSED", "REJECTED")


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
    policies = policies_in_force(project_ids=batch.project_ids)
    scope = _grouped(scope_rows(process_ids=projects, as_of=batch.as_of))
    scenarios = _grouped(scenario_evidence(batch, process_ids=projects))
    defects = _grouped(defect_evidence(batch, process_ids=projects))
    found = {}
    for process_id, project_id in projects.items():
        go_live = batch.days[project_id].go_live
        content = {
            "version": EVIDENCE_VERSION,
            "go_live_date": None if go_live is None else go_live.isoformat(),
            "policies": policies.get(project_id, []),
            **_of_process(scope[process_id], scenarios[process_id], defects[process_id]),
        }
        found[process_id] = _canonical(content)
    return found


def _canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _grouped(rows: Iterable[Any]) -> "defaultdict[int, list[Any]]":
    """Return process id -> its rows without the id, in the order of their codes."""
    groups: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.process_id].append(row)
    for group in groups.values():
        group.sort(key=lambda row: row.code)
    return groups


def _of_process(
    scope: list[ScopeRow], scenarios: list[ScenarioEvidence], defects: list[DefectEvidence]
) -> dict[str, Any]:
    severe = sum(defect.severity in _SEVERE and defect.state not in _SETTLED for defect in defects)
    return {
        "scope": [row[1:] for row in scope],
        "scenarios": [row[1:] for row in scenarios],
        "defects": [row[1:] for row in defects],
        "metrics": {
            "uat.exec_pct": [sum(row.is_tested for row in scenarios), len(scenarios)],
            "uat.pass_pct": [sum(row.is_passed for row in scenarios), len(scenarios)],
            "def.open_s1s2": [severe, len(defects)],
        },
    }
