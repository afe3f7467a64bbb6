"""Who ran scenarios, in which week, and who was planned to."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.apps import apps

from governance.querysets.batches import Batch
from governance.querysets.statements import fetch_rows, fill, weeks_between


class RunTally(NamedTuple):
    """Runs of one person (None: nobody of the roster) in one week of the project."""

    project_id: int
    person_id: int | None
    by_client: bool
    week: int
    runs: int


class TesterRow(NamedTuple):
    """One assignment of somebody still on the roster, to a process or (None) to everything."""

    project_id: int
    person_id: int
    department_id: int | None
    process_id: int | None
    from_date: date | None
    to_date: date | None


_RUNS = """
    WITH {batch}
    SELECT e.project_id, e.person_id, e.affiliation = 'CLIENT', {week}, COUNT(*)
      FROM batch b JOIN uat_execution e ON e.project_id = b.project_id
     WHERE e.executed_at <= %(as_of)s AND e.recorded_at <= %(as_of)s
     GROUP BY 1, 2, 3, 4
"""


def run_tallies(batch: Batch) -> Iterator[RunTally]:
    """Yield how many runs each person made in each week, the client's apart from others'."""
    week = weeks_between("b.monday", "e.executed_at")
    for row in fetch_rows(fill(_RUNS, batch=batch.table, week=week), batch.moments):
        yield RunTally(row[0], row[1], bool(row[2]), row[3], row[4])


def tester_rows(batch: Batch) -> list[TesterRow]:
    """Return the assignments known by the batch's moment of people who are still there."""
    assignments = apps.get_model("uat", "TesterAssignment").objects.filter(
        project_id__in=batch.project_ids, recorded_at__lte=batch.as_of
    )
    rows = assignments.order_by("pk").values_list(
        "project_id",
        "person_id",
        "person__department_id",
        "process__accountable_id",
        "from_date",
        "to_date",
        "person__left_date",
    )
    return [
        TesterRow._make(row[:6])
        for row in rows
        if row[6] is None or row[6] >= batch.days[row[0]].today
    ]
