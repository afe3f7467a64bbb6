"""docker-compose.yml runs as written, short of Docker itself, and survives losing Redis."""

from http import HTTPStatus

from tests import servers
from tests.faults.stage import COMPOSE, Stage, command_of


class TestComposeFile:
    def test_serves_works_and_survives_the_loss_of_redis(
        self, deployment: Stage, redis: servers.Server
    ) -> None:
        for service in ("web", "worker", "schedule"):
            deployment.start_service(service)
        deployment.wait_for_web()
        deployment.ask_for_jobs("before", 5)
        deployment.wait_for_jobs("before")

        redis.kill()
        deployment.wait_for_web(status=HTTPStatus.SERVICE_UNAVAILABLE)
        assert deployment.get("/health/live/") == HTTPStatus.OK
        deployment.ask_for_jobs("meanwhile", 5)
        assert deployment.jobs("meanwhile") == (5, 0, 0)

        redis.start()
        deployment.wait_for_web()
        deployment.wait_for_jobs("meanwhile")
        assert deployment.jobs("meanwhile") == (0, 5, 5)

    def test_names_a_health_check_for_the_worker_that_works(self, deployment: Stage) -> None:
        deployment.environment["HOSTNAME"] = "here"
        deployment.start([*command_of("worker"), "--hostname", "celery@here"], name="worker")
        _, check = COMPOSE["services"]["worker"]["healthcheck"]["test"]

        def answers() -> bool:
            try:
                return "pong" in deployment.run(["sh", "-c", check.replace("$$", "$")])
            except AssertionError:
                return False

        servers.wait_until(answers, what="the worker's pong")
