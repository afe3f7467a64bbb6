"""Measure what the roster's roles require against what was completed and passed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from governance.readings import Reading, Readings, share
from training.metrics.sheets import ProjectSheet, Sheet
from training.querysets.grid import CellTally

COMPLETED = "trn.complete_pct"
PROFICIENT = "trn.prof_pct"
DEPARTMENT_MIN = "trn.dept_min_pct"
STALE = "trn.stale_pct"
OUTDATED = "trn.outdated_pct"
HEAT_TRAINING = "heat.training"


def put_curriculum(readings: Readings, sheet: Sheet) -> None:
    """Put completion, passes, the department furthest behind, freshness and versions.

    The denominator is every person on the roster of the day times every course that one of
    the person's roles requires; a completion is not a pass. The heat of a process counts the
    pairs passed, and completed where the course has no check.
    """
    as_of = sheet.batch.as_of
    for project_id, project in sheet.projects.items():
        dated = sheet.batch.days[project_id].go_live is not None
        for reading in _of_project(project, as_of, dated=dated):
            readings.put(project_id, reading)
        by_process: defaultdict[int | None, list[CellTally]] = defaultdict(list)
        for cell in project.cells:
            by_process[cell.process_id].append(cell)
        for process in project.processes:
            cells = by_process[process.process_id]
            done = sum(cell.skilled for cell in cells)
            heat = share(HEAT_TRAINING, done=done, due=sum(cell.due for cell in cells), as_of=as_of)
            readings.put(project_id, heat, process_id=process.process_id)


def _of_project(project: ProjectSheet, as_of: datetime, *, dated: bool) -> Iterator[Reading]:
    cells = project.cells
    completed = sum(cell.completed for cell in cells)
    checks = sum(cell.checks_due for cell in cells)
    yield share(COMPLETED, done=completed, due=sum(cell.due for cell in cells), as_of=as_of)
    yield share(PROFICIENT, done=sum(cell.passed for cell in cells), due=checks, as_of=as_of)
    yield share(OUTDATED, done=sum(cell.outdated for cell in cells), due=completed, as_of=as_of)
    yield _furthest_behind(cells, as_of)
    practice = project.practice if dated else None
    trained, stale = (practice.trained, practice.stale) if practice else (0, 0)
    yield share(STALE, done=stale, due=trained, as_of=as_of)


def _furthest_behind(cells: Iterable[CellTally], as_of: datetime) -> Reading:
    done: defaultdict[int | None, int] = defaultdict(int)
    due: defaultdict[int | None, int] = defaultdict(int)
    for cell in cells:
        done[cell.department_id] += cell.completed
        due[cell.department_id] += cell.due
    counts = [(done[department], number) for department, number in due.items()]
    least, of = min(counts, key=lambda pair: (pair[0] / pair[1], -pair[1]), default=(0, 0))
    return share(DEPARTMENT_MIN, done=least, due=of, as_of=as_of)
