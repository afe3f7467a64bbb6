"""Measure whether testers were trained in what they are to test."""

from governance.querysets.batches import Batch
from governance.readings import Readings, share
from training.querysets.grid import trainee_tallies
from uat.querysets.engagement import TESTERS

TRAINED = "trn.tester_trained_pct"


def measure_testers(*, batch: Batch) -> Readings:
    """Return how many testers completed all training required for what they are to test.

    A tester of whom no training is required there has nothing to show, and is not counted
    as trained.
    """
    readings = Readings()
    tallies = {tally.project_id: tally for tally in trainee_tallies(batch, wanted=TESTERS)}
    for project_id in batch.days:
        tally = tallies.get(project_id)
        done, due = (tally.trained, tally.wanted) if tally else (0, 0)
        readings.put(project_id, share(TRAINED, done=done, due=due, as_of=batch.as_of))
    return readings
