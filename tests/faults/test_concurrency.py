"""On PostgreSQL, where races show: of many at once exactly one wins, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from django.core import mail
from django.db import IntegrityError, connections

from governance.models import GoLiveDate, Job, Project, ProjectMark, User
from governance.services.jobs import claim_job, finish_job
from governance.services.marks import mark_projects
from governance.services.post import Letter
from readiness.services.digests import post_digests, write_due_digests
from tests.factories import NOW, make_organisation, make_project, make_user

Answer = TypeVar("Answer")
MANY = 8
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def all_at_once(ask: Callable[[int], Answer]) -> list[Answer]:
    """Call a function from many threads at the same moment; return what each was told."""
    start = Barrier(MANY)

    def run(number: int) -> Answer:
        start.wait(timeout=10)
        try:
            return ask(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


class TestClaimJob:
    def test_gives_each_job_to_one_worker(self) -> None:
        jobs = [Job.objects.create(kind="touch", key=f"job-{number}") for number in range(20)]

        def take_them_all(_: int) -> int:
            return sum(claim_job(job_id=job.pk, moment=NOW) is not None for job in jobs)

        assert sum(all_at_once(take_them_all)) == len(jobs)

    def test_ends_each_job_once(self) -> None:
        row = Job.objects.create(kind="touch", key="job")
        job = claim_job(job_id=row.pk, moment=NOW)
        assert job is not None
        assert sum(all_at_once(lambda _: finish_job(job=job, moment=NOW))) == 1


class TestMarkProjects:
    def test_loses_no_mark(self) -> None:
        project = make_project()
        before = ProjectMark.objects.get(project=project).version
        all_at_once(lambda _: mark_projects(project_ids=[project.pk]))
        assert ProjectMark.objects.get(project=project).version == before + MANY


class TestOpenProject:
    def test_leaves_nothing_of_those_that_came_late(self) -> None:
        client = make_organisation()

        def open_the_same(_: int) -> bool:
            try:
                make_project(organisation=client, slug="same")
            except IntegrityError:
                return False
            return True

        assert sum(all_at_once(open_the_same)) == 1
        assert Project.objects.count() == GoLiveDate.objects.count() == 1


class TestPostDigests:
    def test_sends_each_digest_once(self) -> None:
        monday = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
        client = make_organisation()
        names = {make_user(organisation=client).email for _ in range(10)}
        User.objects.update(created_at=monday - timedelta(days=9), time_zone="UTC")

        def letter_to(user: User, _: datetime, __: date) -> list[Letter]:
            return [Letter(to=user.email, subject="One", text="One", html="One", things=1)]

        def sweep(_: int) -> int:
            write_due_digests(now=monday)
            return post_digests(now=monday, compose=letter_to)["SENT"]

        assert sum(all_at_once(sweep)) == len(names)
        assert sorted(letter.to[0] for letter in mail.outbox) == sorted(names)
