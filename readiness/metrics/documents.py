"""What the signatures over a whole project cover, and which of them stand.

A charter covers the powers it grants and withholds, and to whom.

Closing acceptance testing covers its counts by class, the open defects by severity and the
accepted risks that name scenarios; the handover covers what is open after go-live. Neither
covers the clock: an accepted risk stands in it with its end, whether that has come or not.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from governance.choices import SignoffAct, SignoffKind
from governance.metrics.charters import CHARTER_SIGNED, charter_contents, projects_with_power
from governance.querysets.batches import Batch, batches
from governance.querysets.conditions import open_decisions
from governance.querysets.scope import project_words
from governance.querysets.signatures import newest_documents
from governance.readings import Readings, yes_no
from governance.record.canonical import canonical, sha256_of
from readiness.metrics.scopes import measure_scopes
from readiness.querysets import named_in_acceptances, standing_caveats
from uat.choices import Severity
from uat.querysets.evidence import class_tallies, open_defects
from uat.querysets.tallies import projects_ahead

DOCUMENT_VERSION = 1
CLOSURE_SIGNED = "uat.closure_signed"
HANDOVER_SIGNED = "sign.handover"
_METRICS = {
    SignoffKind.CLOSURE: CLOSURE_SIGNED,
    SignoffKind.HANDOVER: HANDOVER_SIGNED,
    SignoffKind.CHARTER: CHARTER_SIGNED,
}


def project_documents(
    *, project_ids: Collection[int], as_of: datetime, kind: SignoffKind
) -> dict[int, str]:
    """Return project id -> the canonical JSON of what a signature of this kind covers now."""
    found: dict[int, str] = {}
    for whole in batches(project_ids=project_ids, as_of=as_of):
        for batch in whole.parted(projects_ahead(whole)):
            found.update(_BODIES[kind](batch))
    return found


def measure_documents(*, batch: Batch) -> Readings:
    """Return which scopes, closures, handovers and charters stand signed on what is there now.

    A charter counts where it grants what a project manager cannot do without.
    """
    readings = measure_scopes(batch)
    acts = newest_documents(project_ids=batch.project_ids, as_of=batch.as_of)
    for kind, metric in _METRICS.items():
        signed = {
            row.project_id: row.evidence_hash
            for row in acts
            if row.kind == kind and row.act == SignoffAct.SIGNED
        }
        valid = _standing(batch, kind, signed)
        if valid and kind == SignoffKind.CHARTER:
            valid &= projects_with_power(batch)
        for project_id in batch.days:
            answer = yes_no(metric, value=project_id in valid, as_of=batch.as_of)
            readings.put(project_id, answer)
    return readings


def _standing(batch: Batch, kind: SignoffKind, signed: dict[int, str]) -> set[int]:
    """Return the projects in which what was signed is still what is there."""
    if not signed:
        return set()
    days = {key: day for key, day in batch.days.items() if key in signed}
    bodies = _BODIES[kind](replace(batch, days=days))
    return {key for key, body in bodies.items() if sha256_of(body) == signed[key]}


def closures_of(batch: Batch) -> dict[int, str]:
    """Return project id -> how acceptance testing ended, as canonical JSON."""
    classes: defaultdict[int, list[list[Any]]] = defaultdict(list)
    for project_id, *tally in class_tallies(batch):
        classes[project_id].append(list(tally))
    open_ones: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for project_id, _code, severity, _state in open_defects(batch):
        open_ones[project_id][severity] += 1
    risks = _named_risks(batch)
    return _bodies(
        batch,
        lambda key: {
            "classes": sorted(classes[key]),
            "total": [sum(row[place] for row in classes[key]) for place in (1, 2, 3)],
            "open_defects": [[str(each), open_ones[key][str(each)]] for each in Severity],
            "accepted_risks": list(risks[key].values()),
        },
    )


def handovers_of(batch: Batch) -> dict[int, str]:
    """Return project id -> what is open after go-live, as canonical JSON."""
    found: dict[str, defaultdict[int, list[list[str]]]] = {
        "open_defects": defaultdict(list),
        "open_caveats": defaultdict(list),
        "open_decisions": defaultdict(list),
    }
    for project_id, *row in sorted(open_defects(batch)):
        found["open_defects"][project_id].append(list(row))
    moment: dict[str, Any] = {"project_ids": batch.project_ids, "as_of": batch.as_of}
    for project_id, *words in standing_caveats(**moment):
        found["open_caveats"][project_id].append(list(words))
    for project_id, *words in open_decisions(**moment):
        found["open_decisions"][project_id].append(list(words))
    return _bodies(batch, lambda key: {name: rows[key] for name, rows in found.items()})


def charters_of(batch: Batch) -> dict[int, str]:
    """Return project id -> the newest charter as canonical JSON; null where there is none."""
    contents = charter_contents(project_ids=batch.project_ids, as_of=batch.as_of)
    return _bodies(batch, lambda key: {"charter": contents.get(key)})


def _named_risks(batch: Batch) -> defaultdict[int, dict[str, dict[str, Any]]]:
    """Return project id -> acceptance -> what it is and which scenarios it names."""
    found: defaultdict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    rows = named_in_acceptances(project_ids=batch.project_ids, as_of=batch.as_of)
    for project_id, risk, gate, criterion, approver, until, code in rows:
        terms = {
            "id": risk,
            "gate": gate,
            "criterion": criterion,
            "approver": approver,
            "until": until,
            "scenarios": [],
        }
        found[project_id].setdefault(risk, terms)["scenarios"].append(code)
    return found


def _bodies(batch: Batch, content: Callable[[int], dict[str, Any]]) -> dict[int, str]:
    names = project_words(project_ids=batch.project_ids)
    return {
        key: canonical({"version": DOCUMENT_VERSION, "project": names[key], **content(key)})
        for key in batch.days
    }


_BODIES: dict[SignoffKind, Callable[[Batch], dict[int, str]]] = {
    SignoffKind.CLOSURE: closures_of,
    SignoffKind.HANDOVER: handovers_of,
    SignoffKind.CHARTER: charters_of,
}
