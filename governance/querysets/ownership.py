"""Who answered for each process at a moment."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill

if TYPE_CHECKING:
    from governance.querysets.batches import Batch


class AccountableRow(NamedTuple):
    """One process in scope that is owned and signed, and whether owner and deputy stand."""

    project_id: int
    process_id: int
    is_critical: bool
    has_owner: bool
    has_deputy: bool


_NOW = "SELECT id AS process_id, owner_id, deputy_id FROM governance_businessprocess"
_THEN = """
    SELECT process_id, owner_id, deputy_id
      FROM (SELECT process_id, owner_id, deputy_id,
                   ROW_NUMBER() OVER (
                       PARTITION BY process_id ORDER BY assigned_at DESC, id DESC) AS place
              FROM governance_ownership
             WHERE project_id IN ({projects})
               AND assigned_at <= %(as_of)s AND recorded_at <= %(as_of)s) dated
     WHERE place = 1
"""
_ACCOUNTABLE = """
    SELECT p.project_id, p.id, p.criticality = 'CRITICAL',
           o.id IS NOT NULL AND o.is_active AND o.kind = 'CLIENT'
               AND o.organisation_id = p.organisation_id,
           d.id IS NOT NULL AND d.is_active AND d.kind = 'CLIENT'
               AND d.organisation_id = p.organisation_id
      FROM governance_businessprocess p
      LEFT JOIN ({owned}) w ON w.process_id = p.id
      LEFT JOIN governance_user o ON o.id = w.owner_id
      LEFT JOIN governance_user d ON d.id = w.deputy_id
     WHERE p.project_id IN ({projects}) AND p.accountable_id = p.id AND p.in_scope
       AND p.recorded_at <= %(as_of)s AND {kept}
     ORDER BY p.project_id, p.id
"""


def accountable_rows(
    *, project_ids: Collection[int], as_of: datetime, is_current: bool
) -> list[AccountableRow]:
    """Return every process in scope that is owned and signed in its project."""
    owned = _NOW if is_current else _THEN
    text = fill(
        fill(_ACCOUNTABLE, owned=owned, kept=still_seen("p", dated=True)), projects=project_ids
    )
    return [
        AccountableRow(row[0], row[1], *map(bool, row[2:]))
        for row in fetch_rows(text, {"as_of": as_of})
    ]


class OwnerLoad(NamedTuple):
    """How many processes in scope somebody owns."""

    project_id: int
    owner_id: int
    processes: int


_LOADS = """
    SELECT p.project_id, w.owner_id, COUNT(*)
      FROM governance_businessprocess p
      JOIN ({owned}) w ON w.process_id = p.id
     WHERE p.project_id IN ({projects}) AND p.accountable_id = p.id AND p.in_scope
       AND w.owner_id IS NOT NULL AND p.recorded_at <= %(as_of)s AND {kept}
     GROUP BY p.project_id, w.owner_id
"""


def owner_loads(batch: "Batch") -> list[OwnerLoad]:
    """Return how many processes each owner holds."""
    owned = _NOW if batch.is_current else _THEN
    text = fill(_LOADS, owned=owned, kept=still_seen("p", dated=True))
    rows = fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
    return list(map(OwnerLoad._make, rows))
