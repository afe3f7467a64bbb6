"""The entries of a record as a sheet that people read."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from governance.choices import RecordKind, english
from governance.exports import csv_text
from governance.models import RecordEntry

COLUMNS = ("number", "moment (UTC)", "what", "who", "organisation", "about", "said", "texts")
Words = Mapping[int, Mapping[str, str]]


def record_sheet(entries: Iterable[RecordEntry], *, texts: Words) -> str:
    """Return a CSV with one line an entry; `texts` is entry id → name → text."""
    return csv_text(COLUMNS, (_row(entry, texts.get(entry.pk, {})) for entry in entries))


def _row(entry: RecordEntry, texts: Mapping[str, str]) -> dict[str, Any]:
    body = json.loads(entry.body)
    actor = entry.actor
    return {
        "number": entry.seq,
        "moment (UTC)": body["at"],
        "what": english(RecordKind(entry.kind)),
        "who": actor.name if actor else "the system",
        "organisation": actor.organisation.name if actor else "",
        "about": f"{entry.subject_noun} {entry.subject_id}" if entry.subject_id else "",
        "said": "; ".join(f"{name}: {_said(value)}" for name, value in body["terms"].items()),
        "texts": "; ".join(f"{name}: {text}" for name, text in texts.items()),
    }


def _said(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
