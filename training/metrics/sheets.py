"""What several metrics of training look at: the counted pairs and the processes of a batch."""

from dataclasses import dataclass, field

from governance.querysets.batches import Batch
from governance.querysets.ownership import AccountableRow
from training.querysets.grid import CellTally, PracticeTally, TraineeTally, count_training


@dataclass(slots=True)
class ProjectSheet:
    """One project's counted pairs, practice, trainees and accountable processes."""

    cells: list[CellTally] = field(default_factory=list)
    practice: PracticeTally | None = None
    trainees: TraineeTally | None = None
    processes: list[AccountableRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counted pairs of a batch, by project."""

    batch: Batch
    projects: dict[int, ProjectSheet]


def sheet_of(batch: Batch, *, wanted: str) -> Sheet:
    """Count the training of a batch once for every metric that looks at it."""
    projects = {project_id: ProjectSheet() for project_id in batch.days}
    tallies = count_training(batch, wanted=wanted)
    for cell in tallies.cells:
        projects[cell.project_id].cells.append(cell)
    for practice in tallies.practice:
        projects[practice.project_id].practice = practice
    for trainees in tallies.trainees:
        projects[trainees.project_id].trainees = trainees
    for process in batch.processes:
        projects[process.project_id].processes.append(process)
    return Sheet(batch=batch, projects=projects)
