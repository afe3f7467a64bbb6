"""Imports and their undoing: how the record tells them, by counts and hashes."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from governance.choices import ImportState, RecordKind
from governance.models import ImportRun, ImportUndo
from governance.record.witnessing import Told, Witness, id_of


def _import(row: ImportRun) -> Told:
    file = row.attachment
    terms = {
        "import_kind": row.kind,
        "by": id_of(row.actor),
        "file": id_of(file),
        "file_sha256": file.sha256 if file else None,
        "file_size": file.size if file else None,
        "taken": row.taken,
        "unchanged": row.unchanged,
        "refused": row.refused,
        "skipped": row.skipped,
        "counts": _counts(row.counts),
        "finished_at": row.finished_at,
        **_changes(row),
    }
    return Told(terms, {"file_name": file.name if file else "", "options": _text(row.options)})


def _undo(row: ImportUndo) -> Told:
    terms = {
        "import": id_of(row.import_run),
        "by": id_of(row.undone_by),
        "counts": _counts(row.counts),
        "undone_at": row.undone_at,
        "recorded_at": row.recorded_at,
    }
    return Told(terms, {"reason": row.reason})


def _counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return how many rows of each kind were written; why others were left out is free text."""
    return {name: number for name, number in counts.items() if ":" not in name}


def _changes(row: ImportRun) -> dict[str, Any]:
    """Return how many rows an import changed, and a hash over what each was and became."""
    changes = sorted(row.changes.all(), key=lambda change: change.pk)
    listed = [[each.table, each.row_id, each.before, each.after] for each in changes]
    digest = hashlib.sha256(_text(listed).encode()).hexdigest()
    return {"changed": len(listed), "changes_sha256": digest if listed else None}


def _text(value: Any) -> str:
    """Return JSON in one form, numbers with a fraction included; empty where there is nothing."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False) if value else ""


WITNESSED = (
    Witness(
        kind=RecordKind.IMPORTED,
        model=ImportRun,
        noun="import",
        tell=_import,
        by="actor",
        moment="finished_at",
        related=("attachment", "actor", "changes"),
        only={"state": ImportState.DONE, "dry_run": False},
    ),
    Witness(
        kind=RecordKind.IMPORT_UNDONE,
        model=ImportUndo,
        noun="undo",
        tell=_undo,
        by="undone_by",
        related=("import_run", "undone_by"),
    ),
)
