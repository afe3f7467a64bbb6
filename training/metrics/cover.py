"""Measure whether enough people at each site can do the critical work."""

from collections import defaultdict
from datetime import datetime

from governance.readings import Reading, Readings, count
from training.metrics.sheets import ProjectSheet, Sheet

COVER_GAP = "trn.cover_gap"
ENOUGH_PEOPLE = 2


def put_cover(readings: Readings, sheet: Sheet) -> None:
    """Put how many pairs of critical process and site have fewer than two proficient people.

    A site takes part in a process when somebody there is required to learn it; a critical
    process that nobody anywhere is required to learn is one gap of its own.
    """
    for project_id, project in sheet.projects.items():
        readings.put(project_id, _gaps(project, sheet.batch.as_of))


def _gaps(project: ProjectSheet, as_of: datetime) -> Reading:
    critical = {process.process_id for process in project.processes if process.is_critical}
    people: defaultdict[tuple[int, str], int] = defaultdict(int)
    for cell in project.cells:
        if cell.process_id in critical and cell.process_id is not None:
            people[cell.process_id, cell.site] += cell.proficient
    unlearned = len(critical - {process_id for process_id, _ in people})
    gaps = sum(number < ENOUGH_PEOPLE for number in people.values()) + unlearned
    return count(COVER_GAP, value=gaps, population=len(people) + unlearned, as_of=as_of)
