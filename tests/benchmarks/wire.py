"""(e) A list of 100 snapshots over REST, against a view that has the same bytes ready."""

import io
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from governance.choices import Scope
from governance.models import Project, User
from governance.services.tokens import make_token
from tests.benchmarks.addresses import READY
from tests.benchmarks.night import run_night
from tests.benchmarks.timing import Figure, medians_of, seconds_of

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
    """Yield the time of one request to each, through the product's whole middleware."""
    project = Project.objects.order_by("pk").first()
    assert project is not None
    run_night([project.pk], as_of=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(_COPIES, [project.pk, SNAPSHOTS])
    path = f"/api/v1/projects/{project.public_id}/snapshots/?page_size={SNAPSHOTS}"
    with override_settings(
        ROOT_URLCONF="tests.benchmarks.addresses", API_REQUESTS_PER_MINUTE=10**9
    ):
        caller = Caller(token=_token(project))
        READY["body"] = caller.body_of(path)
        ours, ready = medians_of(
            lambda: caller.seconds_per_request(path, requests),
            lambda: caller.seconds_per_request("/ready-made/", requests),
            rounds=rounds,
        )
    yield Figure("list ready-made", ready, note=f"{1 / ready:.0f} requests per second")
    yield Figure(
        "list of 100 snapshots",
        ours,
        against="requests per second ready-made",
        ratio=ready / ours,
        limit="at least 0.3",
        note=f"{1 / ours:.0f} requests per second, {len(READY['body']) // 1024} KiB each",
    )


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
    """Ask the product as a web server would, without one in between."""

    def __init__(self, *, token: str) -> None:
        """Keep the token that opens the interface."""
        self.token = token
        self.application = WSGIHandler()

    def seconds_per_request(self, path: str, requests: int) -> float:
        """Return the mean of so many requests in a row."""

        def ask() -> None:
            for _ in range(requests):
                self.body_of(path)

        return seconds_of(ask) / requests

    def body_of(self, path: str) -> bytes:
        """Return the body of one answer, which has to be a good one."""
        said: list[str] = []

        def start(status: str, *_: Any) -> Callable[[bytes], object]:
            said.append(status)
            return lambda _: None

        response = self.application(self._environment(path), start)
        body = b"".join(response)
        response.close()
        assert said == ["200 OK"], said
        return body

    def _environment(self, path: str) -> dict[str, Any]:
        where, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
            "wsgi.url_scheme": "https",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr,
        }
