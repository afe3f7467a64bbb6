"""Measure what the project needs from outside, and whether the calendar is clear."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from governance.querysets.batches import Batch, batches
from governance.querysets.exterior import calendar_meetings, need_tallies
from governance.readings import Readings, count, share

CONFIRMED = "dep.confirmed_pct"
FRESH = "dep.fresh_pct"
CONFLICTS = "cal.conflicts"
SHOWN = 3


def put_exterior(readings: Readings, batch: Batch) -> None:
    """Put how much of what comes from outside is confirmed, and what meets the cutover.

    A calendar that knows no day within three months of go-live is none: nothing is counted
    over it (GO-14).
    """
    tallies = {
        each.project_id: each
        for each in need_tallies(project_ids=batch.project_ids, as_of=batch.as_of)
    }
    meetings = calendar_meetings(batch)
    for project_id in batch.days:
        tally, met = tallies.get(project_id), meetings.get(project_id)
        listed = tally.listed if tally else 0
        for metric, done in (
            (CONFIRMED, tally.confirmed if tally else 0),
            (FRESH, tally.fresh if tally else 0),
        ):
            readings.put(project_id, share(metric, done=done, due=listed, as_of=batch.as_of))
        conflicts, known = (len(met.conflicts), met.known) if met else (0, 0)
        readings.put(
            project_id, count(CONFLICTS, value=conflicts, population=known, as_of=batch.as_of)
        )


def dependencies_paper(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, dict[str, Any]]:
    """Return what page one says of dependencies, risks, issues and the calendar."""
    found: dict[int, dict[str, Any]] = {}
    for tally in need_tallies(project_ids=project_ids, as_of=as_of):
        found[tally.project_id] = {**tally._asdict(), "conflicts": []}
        del found[tally.project_id]["project_id"]
    for batch in batches(project_ids=project_ids, as_of=as_of):
        for project_id, met in calendar_meetings(batch).items():
            if met.conflicts:
                empty = dict.fromkeys(("listed", "confirmed", "fresh", "risks", "issues"), 0)
                part = found.setdefault(project_id, {**empty, "conflicts": []})
                part["conflicts"] = [_conflict(each) for each in met.conflicts[:SHOWN]]
    return found


def _conflict(days: Any) -> dict[str, Any]:
    return {
        "kind": days.kind,
        "title": days.title,
        "from_date": days.from_date,
        "to_date": days.to_date,
    }
