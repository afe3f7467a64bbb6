"""Measure whether those who vote have read what they vote on, and what a sponsor shows."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from governance.querysets.batches import Batch, batches
from governance.querysets.escalations import answer_tallies
from governance.querysets.meetings import CHAIRED_WITHIN, acknowledgement_tallies, chair_tallies
from governance.readings import Readings, share
from readiness.querysets.reviews import AskedRow, asked_rows, read_tallies

READ = "gov.read_pct"
ANSWERED_WITHIN = timedelta(days=7)
"""What has no date of its own, such as a risk to accept, is answered within a week."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How one executive answered: in time, late or not at all; `waiting` has time left."""

    in_time: int = 0
    late: int = 0
    waiting: int = 0

    @property
    def due(self) -> int:
        """Return how many had to be answered by now."""
        return self.in_time + self.late

    def plus(self, *, in_time: int = 0, late: int = 0, waiting: int = 0) -> "Answers":
        """Return these and some more."""
        return Answers(self.in_time + in_time, self.late + late, self.waiting + waiting)


def measure_reviews(*, batch: Batch) -> Readings:
    """Return how many executives opened a judgement of the last week and every caveat."""
    readings = Readings()
    found = read_tallies(project_ids=batch.project_ids, as_of=batch.as_of)
    tallies = {tally.project_id: tally for tally in found}
    for project_id in batch.days:
        tally = tallies.get(project_id)
        done, due = (tally.read, tally.executives) if tally else (0, 0)
        readings.put(project_id, share(READ, done=done, due=due, as_of=batch.as_of))
    return readings


def answers_of_executives(
    *, project_ids: Collection[int], as_of: datetime
) -> dict[int, dict[int, Answers]]:
    """Return project id -> account -> how it answered decisions, risks and escalations."""
    found: defaultdict[int, defaultdict[int, Answers]] = defaultdict(lambda: defaultdict(Answers))
    zones = {
        key: day.zone
        for batch in batches(project_ids=project_ids, as_of=as_of)
        for key, day in batch.days.items()
    }
    for row in asked_rows(project_ids=project_ids, as_of=as_of):
        counted = found[row.project_id]
        kind = _came_out(row, zone=zones[row.project_id], as_of=as_of)
        counted[row.account_id] = counted[row.account_id].plus(**{kind: 1})
    for tally in answer_tallies(project_ids=project_ids, as_of=as_of):
        counted = found[tally.project_id]
        counted[tally.account_id] = counted[tally.account_id].plus(
            in_time=tally.in_time, late=tally.late + tally.missed, waiting=tally.waiting
        )
    return {key: dict(accounts) for key, accounts in found.items()}


def _came_out(row: AskedRow, *, zone: ZoneInfo, as_of: datetime) -> str:
    """Return whether a question was answered in time, late, or has time left."""
    end = row.answered_at or as_of
    if row.due_date is not None:
        is_late = end.astimezone(zone).date() > row.due_date
    else:
        is_late = end > row.asked_at + ANSWERED_WITHIN
    if is_late:
        return "late"
    return "in_time" if row.answered_at else "waiting"


def sponsor_paper(*, project_ids: Collection[int], as_of: datetime) -> dict[int, dict[str, Any]]:
    """Return what page one says of sponsorship, by project that has executives."""
    chaired = {
        tally.project_id: tally.chaired
        for batch in batches(project_ids=project_ids, as_of=as_of)
        for tally in chair_tallies(batch)
    }
    answers = answers_of_executives(project_ids=project_ids, as_of=as_of)
    acknowledged = {
        tally.project_id: tally
        for tally in acknowledgement_tallies(project_ids=project_ids, as_of=as_of)
    }
    found = {}
    for tally in read_tallies(project_ids=project_ids, as_of=as_of):
        key = tally.project_id
        given = answers.get(key, {}).values()
        said = acknowledged.get(key)
        found[key] = {
            "meetings": chaired.get(key, 0),
            "days": CHAIRED_WITHIN.days,
            "read_done": tally.read,
            "read_due": tally.executives,
            "answers_done": sum(each.in_time for each in given),
            "answers_due": sum(each.due for each in given),
            "acknowledged_done": said.read if said else 0,
            "acknowledged_due": said.due if said else 0,
        }
    return found
