"""How much of the support needed help from outside, as somebody reported it."""

from collections.abc import Iterator

from governance.querysets.facts import still_seen
from governance.querysets.parties import PartTally
from governance.querysets.statements import fetch_rows, fill
from governance.querysets.windows import Windows

VENDOR_SHARE = "sup.vendor_share"
_SUPPORT = """
    WITH {windows}
    SELECT project_id, place, due, done, 0
      FROM (SELECT w.project_id, w.place, r.due, r.done,
                   ROW_NUMBER() OVER (PARTITION BY w.project_id, w.place
                                      ORDER BY r.reported_at DESC, r.id DESC) AS turn
              FROM windows w
              JOIN readiness_reportedreading r ON r.project_id = w.project_id
               AND r.reported_at >= w.starts_at AND r.reported_at < w.ends_at
             WHERE r.metric = %(metric)s AND r.due IS NOT NULL AND r.process_id IS NULL
               AND r.reported_at <= %(as_of)s AND r.recorded_at <= %(as_of)s AND {seen}) newest
     WHERE turn = 1
"""


def support_parts(windows: Windows) -> Iterator[PartTally]:
    """Yield the newest report of each stretch: tickets, and those that needed outside help."""
    text = fill(_SUPPORT, windows=windows.table, seen=still_seen("r", dated=True))
    rows = fetch_rows(text, {**windows.moments, "metric": VENDOR_SHARE})
    return map(PartTally._make, rows)
