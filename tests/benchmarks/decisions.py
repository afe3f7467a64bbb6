"""(h) A register of 5,000 decisions with 20,000 dependencies: what waits, and the pages of it.

The graph is a wide one: each decision waits for one before it and holds up scenarios and a
criterion, so that the first ones hold up almost everything.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from http import HTTPStatus
from random import Random

from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.choices import DependentKind
from governance.metrics.exposure import exposures
from governance.models import BusinessProcess, Decision, Dependency, Project
from governance.querysets.batches import batches
from governance.querysets.exposure import open_at, waiting_at
from governance.services.marks import mark_projects
from tests.benchmarks.pages import visitor_of
from tests.benchmarks.timing import Figure, medians_of, seconds_of

DECISIONS, EACH = 5000, 4
HOST = "localhost"
DAYS = 200
SERVER_SECONDS = 0.3
REACH = "what waits for decisions"
PAGES = ("governance:decision-list", "readiness:exposure-show", "governance:decision-detail")


def measure_decisions(*, rounds: int, decisions: int = DECISIONS) -> Iterator[Figure]:
    """Fill a register, then yield what following it costs, and each of its pages."""
    project = Project.objects.order_by("pk")[0]
    first = fill_register(project, decisions=decisions, now=timezone.now())
    now = timezone.now()
    ours, rows = medians_of(
        lambda: seconds_of(lambda: exposures(project_ids=[project.pk], as_of=now)),
        lambda: seconds_of(lambda: _rows(project, now)),
        rounds=rounds,
    )
    note = f"{decisions:,} decisions, {decisions * EACH:,} dependencies"
    yield Figure(REACH, ours, against="its rows read", ratio=ours / rows, limit="4.0", note=note)
    browser = Client(SERVER_NAME=HOST)
    browser.force_login(visitor_of([project.pk]))
    for name in PAGES:
        names = [project.public_id, *([first.public_id] if name.endswith("detail") else [])]
        path = reverse(name, args=names)
        (seconds,) = medians_of(partial(_asked, browser, path), rounds=rounds)
        yield Figure(
            name,
            seconds,
            against="300 ms of server time",
            ratio=seconds / SERVER_SECONDS,
            limit="1.0",
            note=f"{seconds * 1000:.0f} ms",
        )


def fill_register(project: Project, *, decisions: int, now: datetime) -> Decision:
    """Write open decisions in a graph without loops; return the first one."""
    dice = Random("decisions")  # noqa: S311 - no secret
    scope = {"organisation_id": project.organisation_id, "project": project}
    rows = Decision.objects.bulk_create(
        Decision(
            **scope,
            code=f"B-{number:05d}",
            title=f"Which way goes number {number}?",
            raised_by="Somebody",
            raised_at=now - timedelta(days=dice.randrange(1, DAYS)),
            due_date=now.date() + timedelta(days=dice.randrange(-DAYS, DAYS)),
            blocks_go_live=number % 50 == 0,
        )
        for number in range(decisions)
    )
    processes = list(BusinessProcess.objects.filter(project=project).accountable()[:40])
    through = Decision.blocked_processes.through
    through.objects.bulk_create(
        through(decision=row, businessprocess=dice.choice(processes)) for row in rows[::10]
    )
    Dependency.objects.bulk_create(
        Dependency(**scope, decision=before, noted_at=now - timedelta(days=1), **what)
        for number, before in enumerate(rows)
        for what in _edges(rows, number, dice)
    )
    mark_projects(project_ids=[project.pk])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return rows[0]


def _edges(rows: list[Decision], number: int, dice: Random) -> Iterator[dict[str, object]]:
    """Yield what waits for one: two later decisions (or criteria), a scenario, a criterion."""
    for place in sorted(dice.sample(range(number + 1, number + 60), 2)):
        if place < len(rows):
            yield {"kind": DependentKind.DECISION, "waiting": rows[place]}
        else:
            yield {"kind": DependentKind.CRITERION, "code": f"Z-{place}"}
    yield {"kind": DependentKind.SCENARIO, "code": f"S-{dice.randrange(400)}"}
    yield {"kind": DependentKind.CRITERION, "code": f"UX-{dice.randrange(40):02d}"}


def _rows(project: Project, now: datetime) -> int:
    """Read the same rows and do nothing with them."""
    batch = next(batches(project_ids=[project.pk], as_of=now))
    return len(open_at(batch)) + sum(1 for _ in waiting_at(batch))


def _asked(browser: Client, path: str) -> float:
    answers = []
    seconds = seconds_of(lambda: answers.append(browser.get(path, secure=True)))
    assert answers[0].status_code == HTTPStatus.OK, path
    return seconds
