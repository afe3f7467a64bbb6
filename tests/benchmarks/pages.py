"""(f) The portfolio and a gate page, asked as a browser does, against the same bytes ready."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path

from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.choices import Role
from governance.models import Participation, Project, User
from governance.services.marks import mark_projects
from tests.benchmarks.night import project_ids, run_night
from tests.benchmarks.timing import Figure, medians_of, seconds_of
from tests.benchmarks.wire import REQUESTS, Caller, served

CHANGED_REQUESTS = 20
SESSION_COOKIES = ("sessionid", "__Host-session")
"""What the cookie is called without and with HTTPS; the server knows which it is."""


def measure_pages(*, rounds: int, requests: int = REQUESTS) -> Iterator[Figure]:
    """Yield the time of one request to each page by somebody who takes part in every project."""
    ids = project_ids()
    run_night(ids, as_of=timezone.now())
    visitor = visitor_of(ids)
    first = Project.objects.get(pk=ids[0])
    pages = {
        "portfolio": reverse("readiness:portfolio"),
        "gate": reverse("readiness:gate-show", args=[first.public_id]),
    }
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as port:
        signed_in = Caller(port, headers=_cookies_of(visitor, port))
        nobody = Caller(port, headers={})
        for name, path in pages.items():
            (Path(folder) / name).write_bytes(signed_in.body_of(path))
            yield from _figures(
                f"{name} page",
                ours=partial(_seconds_when_kept, signed_in, path, requests),
                ready=partial(signed_in.seconds_per_request, f"/ready-made/{name}/", requests),
                unasked=partial(nobody.seconds_per_request, f"/ready-made/{name}/", requests),
                changed=partial(_seconds_when_changed, signed_in, path, first, requests),
                rounds=rounds,
            )


def _figures(
    name: str,
    *,
    ours: Callable[[], float],
    ready: Callable[[], float],
    unasked: Callable[[], float],
    changed: Callable[[], float],
    rounds: int,
) -> Iterator[Figure]:
    kept, made, alone, renewed = medians_of(ours, ready, unasked, changed, rounds=rounds)
    yield Figure(f"{name} ready-made", made, note=f"{1 / made:.0f} requests per second, signed in")
    yield Figure(
        f"{name} ready-made, to a stranger", alone, note="no session and no account looked up"
    )
    yield Figure(
        name,
        kept,
        against="requests per second ready-made",
        ratio=made / kept,
        limit="at least 0.5",
        note=f"{1 / kept:.0f} requests per second, signed in",
    )
    yield Figure(f"{name}, changed each time", renewed, note="nothing of it is kept")


def _seconds_when_kept(caller: Caller, path: str, requests: int) -> float:
    """Return the mean of requests after one that may have had to make the page."""
    caller.connection.close()  # one that waited too long was closed at the other end
    caller.body_of(path)
    return caller.seconds_per_request(path, requests)


def _seconds_when_changed(caller: Caller, path: str, project: Project, requests: int) -> float:
    """Return the mean of requests between which the project is marked as changed."""
    times = []
    caller.connection.close()
    for _ in range(min(requests, CHANGED_REQUESTS)):
        mark_projects(project_ids=[project.pk])
        times.append(seconds_of(lambda: caller.body_of(path)))
    return sum(times) / len(times)


def visitor_of(ids: list[int]) -> User:
    """Return an account of the first project's client with a seat in each of its projects."""
    own = Project.objects.filter(
        pk__in=ids, organisation_id=Project.objects.get(pk=ids[0]).organisation_id
    )
    first = own.select_related("organisation")[0]
    visitor = User.objects.create(
        organisation=first.organisation,
        kind=first.organisation.kind,
        email=f"visitor{User.objects.count()}@client.example",
        name="Visitor",
    )
    Participation.objects.bulk_create(
        [
            Participation(
                organisation_id=first.organisation_id,
                project_id=pk,
                user=visitor,
                role=Role.AUDITOR,
                started_at=timezone.now(),
            )
            for pk in own.values_list("pk", flat=True)
        ]
    )
    return visitor


def _cookies_of(user: User, port: int) -> dict[str, str]:
    """Return the header of a browser that signed in and has seen a page before."""
    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    kept = dict.fromkeys(SESSION_COOKIES, key)
    asking = Caller(port, headers={"Cookie": _header(kept)})
    asking.connection.request("GET", "/work/", headers=asking.headers)
    answer = asking.connection.getresponse()
    answer.read()
    given = SimpleCookie(", ".join(answer.headers.get_all("Set-Cookie") or []))
    kept |= {name: morsel.value for name, morsel in given.items()}
    return {"Cookie": _header(kept)}


def _header(cookies: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in cookies.items())
