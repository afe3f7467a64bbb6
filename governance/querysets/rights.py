"""Which decision rights hold at a moment, and which of them nobody is there to use."""

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill


class HeldRight(NamedTuple):
    """One right that holds: in a process, or (None) in all of them; `lost` says what its
    decider no longer has: ACCOUNT, ROLE, ROSTER, or nothing."""

    right_id: int
    public_id: UUID
    project_id: int
    process_id: int | None
    kind: str
    decider_id: int
    lost: str


class RightTally(NamedTuple):
    """How many people hold the right to one kind of decision in a process, or in all (None)."""

    project_id: int
    process_id: int | None
    kind: str
    deciders: int


_LOST = """
    CASE WHEN NOT u.is_active OR u.kind <> 'CLIENT' OR u.organisation_id <> {client}
         THEN 'ACCOUNT'
         WHEN NOT EXISTS (
             SELECT 1 FROM governance_participation s
              WHERE s.user_id = u.id AND s.project_id = b.project_id
                AND (s.ended_at IS NULL OR s.ended_at > %(as_of)s))
         THEN 'ROLE'
         WHEN EXISTS (
             SELECT 1 FROM governance_person e
              WHERE e.account_id = u.id AND e.project_id = b.project_id
                AND e.left_date < b.today AND {kept})
          AND NOT EXISTS (
             SELECT 1 FROM governance_person e
              WHERE e.account_id = u.id AND e.project_id = b.project_id
                AND (e.left_date IS NULL OR e.left_date >= b.today) AND {kept})
         THEN 'ROSTER' ELSE '' END
"""
_HELD = """
    SELECT r.id, r.public_id, r.project_id, r.process_id, r.kind, r.decider_id, {lost} AS lost
      FROM governance_decisionright r
      JOIN batch b ON b.project_id = r.project_id
      JOIN governance_user u ON u.id = r.decider_id
      LEFT JOIN governance_businessprocess p ON p.id = r.process_id
     WHERE r.given_at <= %(as_of)s AND r.recorded_at <= %(as_of)s
       AND (p.id IS NULL OR (p.accountable_id = p.id AND p.in_scope AND {in_scope}))
       AND NOT EXISTS (
           SELECT 1 FROM governance_decisionrightend x
            WHERE x.right_id = r.id AND x.ended_at <= %(as_of)s AND x.recorded_at <= %(as_of)s)
"""
_EVERY = "WITH {batch} {held} ORDER BY r.project_id, r.given_at, r.id"
_TALLIES = """
    WITH {batch}
    SELECT project_id, process_id, kind, COUNT(DISTINCT decider_id)
      FROM ({held}) held
     WHERE lost = '' GROUP BY project_id, process_id, kind
"""


def held_rights(batch: Batch) -> list[HeldRight]:
    """Return every right that holds at the batch's moment, the oldest first."""
    rows = _asked(_EVERY, batch)
    return [HeldRight(row[0], UUID(str(row[1])), *row[2:]) for row in rows]


def right_tallies(batch: Batch) -> Iterator[RightTally]:
    """Yield how many people may take each kind of decision; who is no longer there counts not."""
    return map(RightTally._make, _asked(_TALLIES, batch))


_PEOPLE = """
    WITH {batch}
    SELECT u.id, {lost} AS lost
      FROM batch b JOIN governance_project q ON q.id = b.project_id
      JOIN governance_user u ON u.id IN ({accounts})
"""


def lost_accounts(batch: Batch, *, accounts: Collection[int]) -> dict[int, str]:
    """Return account -> what it no longer has in the one project of a batch, where it lost any."""
    lost = fill(_LOST, kept=still_seen("e", dated=True), client="q.organisation_id")
    text = fill(_PEOPLE, batch=batch.table, lost=lost, accounts=accounts)
    return {row[0]: row[1] for row in fetch_rows(text, batch.moments) if row[1]}


def _asked(text: str, batch: Batch) -> list[tuple[Any, ...]]:
    lost = fill(_LOST, kept=still_seen("e", dated=True), client="r.organisation_id")
    held = fill(_HELD, lost=lost)
    held = fill(held, in_scope=still_seen("p", dated=True))
    return fetch_rows(fill(text, batch=batch.table, held=held), batch.moments)
