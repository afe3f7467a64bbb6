"""Which signature of each process is the newest at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import F, Window
from django.db.models.functions import RowNumber


class SignatureRow(NamedTuple):
    """The newest act over a process: what it was, and the hash of what was signed."""

    project_id: int
    process_id: int
    act: str
    evidence_hash: str


def newest_signatures(*, project_ids: Collection[int], as_of: datetime) -> list[SignatureRow]:
    """Return the newest act over each process that somebody signed, refused or withdrew."""
    signoffs = apps.get_model("governance", "Signoff").objects.filter(
        project_id__in=project_ids, signed_at__lte=as_of, recorded_at__lte=as_of
    )
    place = Window(
        RowNumber(), partition_by=F("process_id"), order_by=[F("signed_at").desc(), F("id").desc()]
    )
    rows: Any = signoffs.annotate(place=place).filter(place=1)
    return [
        SignatureRow._make(row)
        for row in rows.values_list("project_id", "process_id", "act", "evidence_hash")
    ]
