"""Measure whether those who test were trained in what they are to test."""

from governance.readings import Readings, share
from training.metrics.sheets import Sheet

TRAINED = "trn.tester_trained_pct"


def put_trainees(readings: Readings, sheet: Sheet) -> None:
    """Put how many testers completed all training required for what they are to test.

    A tester of whom no training is required there has nothing to show, and is not counted
    as trained.
    """
    as_of = sheet.batch.as_of
    for project_id, project in sheet.projects.items():
        tally = project.trainees
        done, due = (tally.trained, tally.wanted) if tally else (0, 0)
        readings.put(project_id, share(TRAINED, done=done, due=due, as_of=as_of))
