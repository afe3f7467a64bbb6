"""On PostgreSQL, where races show: of many at once exactly one wins, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from django.db import IntegrityError, connections

from governance.models import GoLiveDate, Job, Project, ProjectMark
from governance.services.jobs import claim_job, finish_job
from governance.services.marks import mark_projects
from tests.factories import NOW, make_organisation, make_project

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
