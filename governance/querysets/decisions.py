"""How long decisions took, what stands open, and what it holds up."""

from collections.abc import Iterator
from typing import NamedTuple

from governance.querysets.batches import Batch
from governance.querysets.facts import still_seen
from governance.querysets.statements import fetch_rows, fill, seconds_between


class DecisionTally(NamedTuple):
    """Decisions of one project: those that block and wait, and the seconds in which four of
    five, and half of them, were decided by the client (nearest rank); open ones count by age."""

    project_id: int
    raised: int
    blocking_open: int
    latency: int
    median: int


class AssumptionTally(NamedTuple):
    """Assumptions of partners in one project, and those that wait too long for a ruling."""

    project_id: int
    made: int
    overdue: int


class BlockingTally(NamedTuple):
    """Decisions and assumptions that hold up one process, and how many of them are settled."""

    process_id: int
    raised: int
    settled: int


SETTLED_DECISIONS = fill(
    """
    SELECT decision_id, MIN(decided_at) AS decided_at
      FROM governance_decisionoutcome settling
     WHERE project_id IN ({projects}) AND decided_affiliation = 'CLIENT'
       AND {seen} AND decided_at <= %(as_of)s AND recorded_at <= %(as_of)s
     GROUP BY decision_id
""",
    seen=still_seen("settling", dated=True),
)
SETTLED_ASSUMPTIONS = """
    SELECT DISTINCT assumption_id
      FROM governance_assumptionruling
     WHERE project_id IN ({projects}) AND ruled_at <= %(as_of)s AND recorded_at <= %(as_of)s
"""
_LATER = """
    SELECT 1 FROM governance_decision later
     WHERE later.supersedes_id = {of}.id AND {seen}
       AND later.raised_at <= %(as_of)s AND later.recorded_at <= %(as_of)s
"""


def standing(table: str) -> str:
    """Return the SQL that leaves out decisions that another one took the place of by `as_of`."""
    later = fill(_LATER, of=table, seen=still_seen("later", dated=True))
    return f"NOT EXISTS ({later})"


KNOWN = (
    "known.project_id IN ({projects}) AND known.raised_at <= %(as_of)s"
    f" AND known.recorded_at <= %(as_of)s AND {still_seen('known', dated=True)}"
)
# A question that took the place of an open one is as old as that one.
LINEAGE = fill(
    """
    lineage(id, asked_at, former) AS (
        SELECT d.id, p.raised_at, p.supersedes_id
          FROM governance_decision d
          JOIN governance_decision p ON p.id = d.supersedes_id
         WHERE d.project_id IN ({projects}) AND d.supersedes_id IS NOT NULL AND {open}
         UNION ALL
        SELECT l.id, p.raised_at, p.supersedes_id
          FROM lineage l
          JOIN governance_decision p ON p.id = l.former
         WHERE {open})
""",
    open="""NOT EXISTS (
            SELECT 1 FROM governance_decisionoutcome settling
             WHERE settling.decision_id = p.id AND settling.decided_affiliation = 'CLIENT'
               AND settling.decided_at <= %(as_of)s AND settling.recorded_at <= %(as_of)s
               AND {settled_seen})""",
)
LINEAGE = fill(LINEAGE, settled_seen=still_seen("settling", dated=True))
ASKED = "(SELECT id, MIN(asked_at) AS asked_at FROM lineage GROUP BY id)"
_DECISIONS = """
    WITH RECURSIVE {lineage}
    SELECT project_id, raised, CAST(SUM(waits) AS bigint),
           MIN(CASE WHEN place * 5 >= raised * 4 THEN age END),
           MIN(CASE WHEN place * 2 >= raised THEN age END)
      FROM (SELECT project_id, age, waits,
                   ROW_NUMBER() OVER (PARTITION BY project_id ORDER BY age) AS place,
                   COUNT(*) OVER (PARTITION BY project_id) AS raised
              FROM (SELECT d.project_id, {age} AS age,
                           CASE WHEN d.blocks_go_live AND o.decided_at IS NULL THEN 1 ELSE 0 END
                               AS waits
                      FROM (SELECT * FROM governance_decision known WHERE {known}) d
                      LEFT JOIN ({settled}) o ON o.decision_id = d.id
                      LEFT JOIN {asked} a ON a.id = d.id
                     WHERE o.decided_at IS NOT NULL OR {standing}) aged) placed
     GROUP BY project_id, raised
"""
_ASSUMPTIONS = """
    WITH {batch}
    SELECT a.project_id, COUNT(*),
           COUNT(CASE WHEN r.assumption_id IS NULL AND a.raised_at < b.overdue_before THEN 1 END)
      FROM (SELECT * FROM governance_assumption known WHERE {known}) a
      JOIN batch b ON b.project_id = a.project_id
      LEFT JOIN ({settled}) r ON r.assumption_id = a.id
     GROUP BY a.project_id
"""
_BLOCKING = """
    SELECT p.accountable_id, COUNT(DISTINCT d.id), COUNT(DISTINCT o.decision_id)
      FROM (SELECT * FROM governance_decision known WHERE {known}) d
      JOIN governance_decision_blocked_processes m ON m.decision_id = d.id
      JOIN governance_businessprocess p ON p.id = m.businessprocess_id
      LEFT JOIN ({decisions}) o ON o.decision_id = d.id
     WHERE p.accountable_id IS NOT NULL AND {standing}
     GROUP BY p.accountable_id
     UNION ALL
    SELECT p.accountable_id, COUNT(DISTINCT a.id), COUNT(DISTINCT r.assumption_id)
      FROM (SELECT * FROM governance_assumption known WHERE {known}) a
      JOIN governance_assumption_blocked_processes m ON m.assumption_id = a.id
      JOIN governance_businessprocess p ON p.id = m.businessprocess_id
      LEFT JOIN ({assumptions}) r ON r.assumption_id = a.id
     WHERE p.accountable_id IS NOT NULL
     GROUP BY p.accountable_id
"""


def decision_tallies(batch: Batch) -> Iterator[DecisionTally]:
    """Yield the decisions raised by the batch's moment; a partner's outcome decides nothing."""
    asked_at = "COALESCE(a.asked_at, d.raised_at)"
    age = seconds_between(asked_at, "COALESCE(o.decided_at, %(as_of)s)")
    text = fill(_DECISIONS, lineage=LINEAGE, asked=ASKED, age=age, standing=standing("d"))
    text = fill(text, known=KNOWN, settled=SETTLED_DECISIONS)
    rows = fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
    return map(DecisionTally._make, rows)


def assumption_tallies(batch: Batch) -> Iterator[AssumptionTally]:
    """Yield the assumptions made by the batch's moment."""
    text = fill(_ASSUMPTIONS, batch=batch.table, known=KNOWN, settled=SETTLED_ASSUMPTIONS)
    rows = fetch_rows(fill(text, projects=batch.project_ids), batch.moments)
    return map(AssumptionTally._make, rows)


def blocking_tallies(batch: Batch) -> Iterator[BlockingTally]:
    """Yield what holds up each accountable process: decisions, then assumptions."""
    text = fill(_BLOCKING, known=KNOWN, standing=standing("d"))
    text = fill(text, decisions=SETTLED_DECISIONS, assumptions=SETTLED_ASSUMPTIONS)
    rows = fetch_rows(fill(text, projects=batch.project_ids), {"as_of": batch.as_of})
    return map(BlockingTally._make, rows)
