"""Measure defects: what is open, owned, came back, and was a lack of training."""

from collections.abc import Sequence
from datetime import datetime

from governance.readings import Reading, Readings, count, share
from uat.metrics.sheets import Sheet
from uat.querysets.flaws import DefectTally, defect_tallies
from uat.querysets.tallies import ScenarioTally

OPEN_S1S2 = "def.open_s1s2"
OPEN_P2 = "def.open_p2"
OPEN_ML = "def.open_ml_pct"
OWNED = "def.owned_pct"
REOPENED = "def.reopen_pct"
TRAINING_SHARE = "def.training_share"


def put_defects(readings: Readings, sheet: Sheet) -> None:
    """Put the readings of defects, of each project and of each accountable process.

    No open defect says something only where somebody looked: the population is the defects
    raised and the scenarios that the business ran.
    """
    as_of = sheet.batch.as_of
    tallies: dict[int, list[DefectTally]] = {key: [] for key in sheet.projects}
    for tally in defect_tallies(sheet.batch):
        tallies[tally.project_id].append(tally)
    for project_id, project in sheet.projects.items():
        rows = tallies[project_id]
        for reading in _of_project(rows, list(project.tallies.values()), as_of):
            readings.put(project_id, reading)
        by_process = {row.process_id: row for row in rows}
        for process in project.processes:
            mine = by_process.get(process.process_id)
            tested = project.tallies.get(process.process_id)
            run = tested.ever_run if tested else 0
            reading = _open_s1s2([mine] if mine else [], run, as_of)
            readings.put(project_id, reading, process_id=process.process_id)


def _of_project(
    rows: Sequence[DefectTally], scenarios: Sequence[ScenarioTally], as_of: datetime
) -> list[Reading]:
    raised = sum(row.raised for row in rows)
    run = sum(row.ever_run for row in scenarios)
    due = sum(row.due for row in scenarios)
    high = sum(row.open_p2 for row in rows)
    return [
        _open_s1s2(rows, run, as_of),
        count(OPEN_P2, value=high, population=raised + run, as_of=as_of),
        share(OPEN_ML, done=sum(row.open_ml for row in rows), due=due, as_of=as_of),
        *_ratios(rows, raised, as_of),
    ]


def _open_s1s2(rows: Sequence[DefectTally], run: int, as_of: datetime) -> Reading:
    population = run + sum(row.raised for row in rows)
    value = sum(row.open_s1s2 for row in rows)
    return count(OPEN_S1S2, value=value, population=population, as_of=as_of)


def _ratios(rows: Sequence[DefectTally], raised: int, as_of: datetime) -> list[Reading]:
    return [
        share(OWNED, done=sum(row.cared_for for row in rows), due=raised, as_of=as_of),
        share(
            REOPENED,
            done=sum(row.reopened for row in rows),
            due=sum(row.mended for row in rows),
            as_of=as_of,
        ),
        share(
            TRAINING_SHARE,
            done=sum(row.training for row in rows),
            due=sum(row.triaged for row in rows),
            as_of=as_of,
        ),
    ]
