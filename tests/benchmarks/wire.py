"""(e) A list of 100 snapshots over REST, against a view that has the same bytes ready."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from governance.choices import Scope
from governance.models import Project, User
from governance.services.tokens import make_token
from tests.benchmarks.environment import PRODUCT, url_of_this_database
from tests.benchmarks.night import run_night
from tests.benchmarks.timing import Figure, medians_of, seconds_of
from tests.servers import free_port, wait_until

SNAPSHOTS, REQUESTS = 100, 300
_COPIES = """
    INSERT INTO readiness_snapshot (public_id, organisation_id, project_id, as_of, local_date,
        trigger, is_late, policy_id, go_live_date, verdict, headline, hard_misses, accepted_risks,
        inputs_hash, code_version, mark_version, body, etag)
    SELECT gen_random_uuid(), organisation_id, project_id, as_of - n * interval '1 day',
           local_date - n, trigger, is_late, policy_id, go_live_date, verdict, headline,
           hard_misses, accepted_risks, inputs_hash, code_version, mark_version, body, etag
      FROM (SELECT * FROM readiness_snapshot WHERE project_id = %s ORDER BY as_of DESC LIMIT 1) s,
           generate_series(1, %s) n
        ON CONFLICT DO NOTHING
"""


def measure_list(*, rounds: int, requests: int = REQUESTS) -> Iterator[Figure]:
    """Yield the time of one request to each, over one connection to the product's web server."""
    project = Project.objects.order_by("pk").first()
    assert project is not None
    run_night([project.pk], as_of=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, [project.pk, SNAPSHOTS])
    path = f"/api/v1/projects/{project.public_id}/snapshots/?page_size={SNAPSHOTS}"
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as port:
        caller = Caller(port, headers={"Authorization": f"Bearer {_token(project)}"})
        size = (Path(folder) / "list").write_bytes(caller.body_of(path))
        ours, ready = medians_of(
            lambda: caller.seconds_per_request(path, requests),
            lambda: caller.seconds_per_request("/ready-made/list/", requests),
            rounds=rounds,
        )
    yield Figure("list ready-made", ready, note=f"{1 / ready:.0f} requests per second")
    yield Figure(
        "list of 100 snapshots",
        ours,
        against="requests per second ready-made",
        ratio=ready / ours,
        limit="at least 0.3",
        note=f"{1 / ours:.0f} requests per second, {size // 1024} KiB each",
    )


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """Yield the port at which the product's own web server answers, with our two addresses."""
    port = free_port()
    (folder / "static").mkdir()
    environment = os.environ | PRODUCT
    environment |= {
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "SECRET_KEY": settings.SECRET_KEY,  # so that it reads the sessions we write
        "DATABASE_URL": url_of_this_database(),
        "VAR_DIR": str(folder),
        "BENCHMARK_READY": str(folder),
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        "GUNICORN_CMD_ARGS": "--max-requests 0 --log-level warning",
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:readiness.config.gunicorn"]
    server = subprocess.Popen(command, env=environment)  # noqa: S603 - our own command line
    try:
        wait_until(lambda: _answers(port), what="gunicorn")
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _token(project: Project) -> str:
    user = User.objects.get(pk=project.pk * 20)
    now = timezone.now()
    token = make_token(
        user=user,
        name="Benchmark",
        scopes=[Scope.READ],
        expires_at=now + timedelta(days=1),
        made_at=now,
    )
    return token.secret


class Caller:
    """Ask the web server again and again over one connection."""

    def __init__(self, port: int, *, headers: Mapping[str, str]) -> None:
        """Keep what opens the door."""
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.headers = {**headers, "Host": "localhost"}

    def seconds_per_request(self, path: str, requests: int) -> float:
        """Return the mean of so many requests in a row, over a connection of their own."""
        self.connection.close()  # one that waited too long was closed at the other end

        def ask() -> None:
            for _ in range(requests):
                self.body_of(path)

        return seconds_of(ask) / requests

    def body_of(self, path: str) -> bytes:
        """Return the body of one answer, which has to be a good one."""
        self.connection.request("GET", path, headers=self.headers)
        response = self.connection.getresponse()
        body = response.read()
        assert response.status == HTTPStatus.OK, body[:500]
        return body
