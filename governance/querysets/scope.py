"""What lies in the scope of each process that is owned and signed."""

from collections.abc import Collection
from datetime import datetime

from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill

ScopeRow = tuple[int, str, str, str]
"""Accountable process, and the code, name and criticality of one node in scope below it."""

_NODES = """
    SELECT accountable_id, code, name, criticality FROM governance_businessprocess p
     WHERE accountable_id IN ({processes}) AND in_scope AND recorded_at <= %(as_of)s AND {kept}
"""


def scope_rows(*, process_ids: Collection[int], as_of: datetime) -> list[ScopeRow]:
    """Return the nodes in scope that these accountable processes answer for, in no order."""
    return fetch_rows(
        fill(_NODES, processes=process_ids, kept=still_seen("p", dated=True)), {"as_of": as_of}
    )
