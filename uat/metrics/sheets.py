"""What several metrics of testing look at: the scenarios and the processes of a batch."""

from dataclasses import dataclass, field

from governance.querysets.batches import Batch
from governance.querysets.ownership import AccountableRow
from uat.querysets.tallies import ScenarioTally, scenario_tallies


@dataclass(frozen=True, slots=True)
class ProjectSheet:
    """One project's counted scenarios by accountable process (None: of no process)."""

    tallies: dict[int | None, ScenarioTally] = field(default_factory=dict)
    processes: list[AccountableRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counted scenarios of a batch, by project."""

    batch: Batch
    projects: dict[int, ProjectSheet]


def sheet_of(batch: Batch) -> Sheet:
    """Count the scenarios of a batch once for every metric that looks at them."""
    projects = {project_id: ProjectSheet() for project_id in batch.days}
    for tally in scenario_tallies(batch):
        projects[tally.project_id].tallies[tally.process_id] = tally
    for process in batch.processes:
        projects[process.project_id].processes.append(process)
    return Sheet(batch=batch, projects=projects)
