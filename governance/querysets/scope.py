"""What lies in the scope of each process that is owned and signed."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.apps import apps


class ScopeRow(NamedTuple):
    """One node in scope at or below an accountable process."""

    process_id: int
    code: str
    name: str
    criticality: str


def scope_rows(*, process_ids: Collection[int], as_of: datetime) -> list[ScopeRow]:
    """Return the nodes in scope that these accountable processes answer for, in no order."""
    nodes = apps.get_model("governance", "BusinessProcess").objects.filter(
        accountable_id__in=process_ids, in_scope=True, recorded_at__lte=as_of
    )
    rows = nodes.values_list("accountable_id", "code", "name", "criticality")
    return [ScopeRow._make(row) for row in rows]
