"""What page one says of the project manager's powers, and of how they were overruled."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.choices import SignoffAct, SignoffKind
from governance.metrics.charters import standing_stops
from governance.models import Charter, GateStop, Overruling
from governance.querysets.signatures import DocumentRow, newest_documents
from governance.record.canonical import sha256_of
from readiness.metrics.documents import project_documents

MOST_LINES = 3


def charter_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return project id -> what page one says of the charter, of stops and of overrulings."""
    newest = Charter.objects.newest_at(as_of, project_ids=project_ids)
    bodies = project_documents(project_ids=project_ids, as_of=as_of, kind=SignoffKind.CHARTER)
    acts = {
        act.project_id: act
        for act in newest_documents(project_ids=project_ids, as_of=as_of)
        if act.kind == SignoffKind.CHARTER
    }
    stops = standing_stops(project_ids=project_ids, as_of=as_of)
    overrulings = _overrulings(project_ids, as_of)
    return {
        key: {
            "state": _state(acts.get(key), body, is_written=key in newest),
            "withheld": [str(power) for power in newest[key].withheld] if key in newest else [],
            "stops": [_stop_words(stop) for stop in stops.get(key, [])][:MOST_LINES],
            "overruled": len(overrulings.get(key, [])),
            "overrulings": overrulings.get(key, [])[:MOST_LINES],
        }
        for key, body in bodies.items()
    }


def _state(act: DocumentRow | None, body: str, *, is_written: bool) -> str:
    if not is_written:
        return "NONE"
    if act is None or act.act != SignoffAct.SIGNED:
        return "UNSIGNED"
    return "SIGNED" if act.evidence_hash == sha256_of(body) else "CHANGED"


def _stop_words(stop: GateStop) -> dict[str, Any]:
    return {
        "id": str(stop.public_id),
        "gate": stop.gate_key,
        "reason": stop.reason,
        "by": stop.stopped_by.name,
        "at": stop.stopped_at,
    }


def _overrulings(ids: Collection[int], as_of: datetime) -> dict[int, list[dict[str, Any]]]:
    rows = Overruling.objects.filter(project_id__in=ids, overruled_at__lte=as_of)
    known = rows.known_at(as_of).select_related("overruled_by")
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in known.order_by("-overruled_at", "-pk"):
        told = {"by": row.overruled_by.name, "what": row.what, "reason": row.reason}
        found[row.project_id].append(told | {"at": row.overruled_at})
    return dict(found)
