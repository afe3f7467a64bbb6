"""Measure what was escalated and is not answered in time, and tell of it on page one."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.querysets.batches import Batch
from governance.querysets.escalations import OpenRow, ladder_tallies, open_rows
from governance.readings import Readings, count

OVERDUE = "esc.overdue"
MOST_LINES = 3


def put_escalations(readings: Readings, batch: Batch) -> None:
    """Put how many open escalations somebody has let run out; the population is the ladder.

    A project in which nobody stands on any rung has no ladder: it is not measurable.
    """
    tallies = {
        tally.project_id: tally
        for tally in ladder_tallies(project_ids=batch.project_ids, as_of=batch.as_of)
    }
    for project_id in batch.days:
        tally = tallies.get(project_id)
        overdue, rungs = (tally.overdue, tally.rungs) if tally else (0, 0)
        readings.put(project_id, count(OVERDUE, value=overdue, population=rungs, as_of=batch.as_of))


def escalations_paper(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, dict[str, Any]]:
    """Return what page one says of escalations, for projects in which some are open.

    Nothing in it says who raised one.
    """
    found: defaultdict[int, list[OpenRow]] = defaultdict(list)
    for row in open_rows(project_ids=project_ids, as_of=as_of):
        found[row.project_id].append(row)
    return {project_id: _paper(rows, as_of=as_of) for project_id, rows in found.items()}


def _paper(rows: list[OpenRow], *, as_of: datetime) -> dict[str, Any]:
    return {
        "open": len(rows),
        "overdue": sum(row.is_overdue for row in rows),
        "worst": [
            {
                "id": row.public_id,
                "title": row.title,
                "rung": row.rung,
                "addressee": row.addressee,
                "days": (as_of - row.raised_at).days,
            }
            for row in rows[:MOST_LINES]
        ],
    }
