"""Measure whether testers were trained in what they are to test."""

from collections import defaultdict

from governance.querysets.batches import Batch
from governance.readings import Readings, share
from training.metrics import measure_trainees
from uat.querysets.engagement import tester_rows

TRAINED = "trn.tester_trained_pct"


def measure_testers(*, batch: Batch) -> Readings:
    """Return how many testers completed all training required for what they are to test.

    A tester of whom no training is required there has nothing to show, and is not counted
    as trained.
    """
    assigned: dict[int, defaultdict[int, set[int | None]]]
    assigned = {project_id: defaultdict(set) for project_id in batch.days}
    for row in tester_rows(batch):
        assigned[row.project_id][row.person_id].add(row.process_id)
    people = {person_id for testers in assigned.values() for person_id in testers}
    trainees = measure_trainees(batch=batch, person_ids=people)
    readings = Readings()
    for project_id, testers in assigned.items():
        trained = sum(
            all(trainees.have_completed(person_id, process_id) for process_id in processes)
            for person_id, processes in testers.items()
        )
        reading = share(TRAINED, done=trained, due=len(testers), as_of=batch.as_of)
        readings.put(project_id, reading)
    return readings
