"""Who ran scenarios, in which week, and who was planned to."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from governance.querysets.batches import WEEKS_BACK, Batch
from governance.querysets.facts import still_seen
from governance.querysets.participation import RELEASED
from governance.querysets.statements import day_of, fetch_rows, fill, weeks_between

FIRST_WEEK = WEEKS_BACK - 60


class RunTally(NamedTuple):
    """Runs of one person of a project (None: of nobody on the roster).

    `weeks` has a bit for each week in which the person ran something for the client: bit 0
    is week `FIRST_WEEK` of the project, see `ProjectDay.week_of`.
    """

    project_id: int
    person_id: int | None
    runs: int
    client_runs: int
    weeks: int


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
    SELECT project_id, person_id, CAST(SUM(runs) AS bigint),
           CAST(SUM(CASE WHEN by_client THEN runs ELSE 0 END) AS bigint),
           CAST(SUM(CASE WHEN by_client AND week >= {first}
                         THEN CAST(1 AS bigint) << CAST(week - {first} AS integer)
                         ELSE 0 END) AS bigint)
      FROM (SELECT e.project_id, e.person_id, e.affiliation = 'CLIENT' AS by_client,
                   {week} AS week, COUNT(*) AS runs
              FROM batch b JOIN uat_execution e ON e.project_id = b.project_id
             WHERE e.executed_at <= %(as_of)s AND e.recorded_at <= %(as_of)s AND {kept}
             GROUP BY 1, 2, 3, 4) weekly
     GROUP BY project_id, person_id
"""
_KEPT = still_seen("t", dated=True)
TESTERS = """
    SELECT DISTINCT t.project_id, t.person_id, p.accountable_id AS process_id
      FROM batch b
      JOIN uat_testerassignment t ON t.project_id = b.project_id
      JOIN governance_person e ON e.id = t.person_id
      LEFT JOIN governance_businessprocess p ON p.id = t.process_id
     WHERE t.recorded_at <= %(as_of)s AND (e.left_date IS NULL OR e.left_date >= b.today)
"""
TESTERS += f" AND {_KEPT}"
_ASSIGNMENTS = """
    WITH {batch}
    SELECT t.project_id, t.person_id, e.department_id, p.accountable_id, t.from_date, t.to_date
      FROM batch b
      JOIN uat_testerassignment t ON t.project_id = b.project_id
      JOIN governance_person e ON e.id = t.person_id
      LEFT JOIN governance_businessprocess p ON p.id = t.process_id
     WHERE t.recorded_at <= %(as_of)s AND (e.left_date IS NULL OR e.left_date >= b.today)
       AND {kept}
     UNION ALL
    SELECT t.project_id, t.person_id, e.department_id, NULL, t.from_date, t.to_date
      FROM batch b
      JOIN ({released}) t ON t.project_id = b.project_id
      JOIN governance_person e ON e.id = t.person_id
     WHERE e.left_date IS NULL OR e.left_date >= b.today
     ORDER BY 1, 2, 5, 6
"""


def run_tallies(batch: Batch) -> Iterator[RunTally]:
    """Yield how many runs each person made, the client's apart, and in which weeks."""
    week = weeks_between("b.monday", "e.executed_at")
    text = fill(
        _RUNS,
        batch=batch.table,
        week=week,
        first=str(FIRST_WEEK),
        kept=still_seen("e", dated=True),
    )
    return map(RunTally._make, fetch_rows(text, batch.moments))


def tester_rows(batch: Batch) -> list[TesterRow]:
    """Return who is planned to test and still there: assigned, or released by a manager.

    Whoever was released is there for everything.
    """
    text = fill(_ASSIGNMENTS, batch=batch.table, kept=_KEPT, released=RELEASED)
    return [
        TesterRow._make([*row[:4], day_of(row[4]), day_of(row[5])])
        for row in fetch_rows(text, batch.moments)
    ]
