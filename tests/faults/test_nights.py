"""The database is the schedule: two schedulers and two workers judge every night once."""

import pytest

from tests.faults.stage import Stage, command_of
from tests.servers import wait_until

DAYS = 5


@pytest.fixture
def several(deployment: Stage) -> Stage:
    """Return a stage with nights due, two schedules and two workers."""
    deployment.open_project(days_ago=DAYS)
    for number in (1, 2):
        schedule = [*command_of("schedule")[:-1], str(deployment.folder / f"schedule-{number}")]
        deployment.start(schedule, name=f"schedule-{number}")
        worker = [*command_of("worker"), "--hostname", f"celery@worker-{number}"]
        deployment.start(worker, name=f"worker-{number}")
    return deployment


def _has_swept(stage: Stage, number: int) -> bool:
    return "readiness.tasks.sweep" in (stage.folder / f"worker-{number}.log").read_text()


class TestTwoSchedules:
    def test_judge_every_night_once(self, several: Stage) -> None:
        done = "SELECT count(*) FROM readiness_night WHERE state = 'DONE'"
        wait_until(lambda: several.count(done) >= DAYS - 1, what="the nights")
        for number in (1, 2):
            wait_until(lambda number=number: _has_swept(several, number), what="both workers")  # type: ignore[misc]
        twice = (
            "SELECT count(*) FROM (SELECT project_id, local_date FROM readiness_snapshot"
            " WHERE trigger = 'NIGHT' GROUP BY 1, 2 HAVING count(*) > 1) AS doubled"
        )
        assert several.count(twice) == 0
        assert several.count("SELECT count(*) FROM readiness_night WHERE state = 'FAILED'") == 0
