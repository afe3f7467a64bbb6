"""How much of the testing a partner did: runs, and what a defect was found to be."""

from collections.abc import Iterator

from governance.querysets.facts import still_seen
from governance.querysets.parties import PartTally
from governance.querysets.statements import fetch_rows, fill
from governance.querysets.windows import Windows

_RUNS = """
    WITH {windows}
    SELECT w.project_id, w.place, COUNT(*),
           COUNT(CASE WHEN e.affiliation = 'PARTNER' THEN 1 END),
           COUNT(CASE WHEN e.affiliation = 'UNKNOWN' THEN 1 END)
      FROM windows w
      JOIN uat_execution e ON e.project_id = w.project_id
       AND e.executed_at >= w.starts_at AND e.executed_at < w.ends_at
     WHERE e.executed_at <= %(as_of)s AND e.recorded_at <= %(as_of)s AND {seen}
     GROUP BY w.project_id, w.place
"""
_TRIAGE = """
    WITH {windows}
    SELECT w.project_id, w.place, COUNT(*),
           COUNT(CASE WHEN d.triaged_affiliation = 'PARTNER' THEN 1 END),
           COUNT(CASE WHEN d.triaged_affiliation NOT IN ('PARTNER', 'CLIENT') THEN 1 END)
      FROM windows w
      JOIN uat_defect d ON d.project_id = w.project_id
       AND d.raised_at >= w.starts_at AND d.raised_at < w.ends_at
     WHERE d.triage <> 'UNTRIAGED' AND d.recorded_at <= %(as_of)s AND {seen}
     GROUP BY w.project_id, w.place
"""


def run_parts(windows: Windows) -> Iterator[PartTally]:
    """Yield the runs of each stretch, whoever made them."""
    return _parts(_RUNS, windows, seen=still_seen("e", dated=True))


def triage_parts(windows: Windows) -> Iterator[PartTally]:
    """Yield the defects raised in each stretch that were triaged, by who triaged them."""
    return _parts(_TRIAGE, windows, seen=still_seen("d", dated=True))


def _parts(text: str, windows: Windows, *, seen: str) -> Iterator[PartTally]:
    full = fill(text, windows=windows.table, seen=seen)
    return map(PartTally._make, fetch_rows(full, windows.moments))
