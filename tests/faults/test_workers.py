"""Workers are killed in the middle of their work: no job is lost, none leaves two marks."""

from tests.faults.stage import EMBEDDED_WORKER, Stage, command_of
from tests.servers import wait_until

JOBS = 30


class TestKilledWorkers:
    def test_lose_nothing_on_redis(self, deployment: Stage) -> None:
        deployment.start(command_of("schedule"), name="schedule")
        worker = deployment.start(command_of("worker"), name="worker")
        deployment.ask_for_jobs("redis", JOBS)
        for _ in range(2):
            done = deployment.jobs("redis")[1]
            wait_until(lambda seen=done: deployment.jobs("redis")[1] > seen, what="work")  # type: ignore[misc]
            deployment.kill(worker)
            worker = deployment.start(command_of("worker"), name="worker")
        deployment.wait_for_jobs("redis")
        assert deployment.jobs("redis") == (0, JOBS, JOBS)

    def test_lose_nothing_on_a_single_machine(self, single_machine: Stage) -> None:
        worker = single_machine.start(EMBEDDED_WORKER, name="worker")
        single_machine.ask_for_jobs("files", JOBS)
        for _ in range(2):
            done = single_machine.jobs("files")[1]
            wait_until(lambda seen=done: single_machine.jobs("files")[1] > seen, what="work")  # type: ignore[misc]
            single_machine.kill(worker)
            worker = single_machine.start(EMBEDDED_WORKER, name="worker")
        single_machine.wait_for_jobs("files")
        assert single_machine.jobs("files") == (0, JOBS, JOBS)
