"""Enough people at each site for the critical work."""

import pytest

from governance.choices import Criticality
from governance.models import BusinessProcess, Person
from tests.factories import (
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_process,
    make_project,
    make_record,
)
from tests.measuring import count_of
from training.models import Course, JobRole

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def process() -> BusinessProcess:
    return make_process(project=make_project(), criticality=Criticality.CRITICAL)


@pytest.fixture
def courses(process: BusinessProcess) -> list[Course]:
    return [make_course(project=process.project, process=process) for _ in range(2)]


@pytest.fixture
def role(process: BusinessProcess, courses: list[Course]) -> JobRole:
    return make_job_role(project=process.project, courses=courses)


def _worker(role: JobRole, *, site: str, passed: list[Course]) -> Person:
    person = make_person(project=role.project, site=site)
    give_job_role(person=person, job_role=role)
    for course in passed:
        make_record(person=person, course=course)
    return person


class TestPutCover:
    def test_counts_sites_with_fewer_than_two_proficient_people(
        self, process: BusinessProcess, role: JobRole, courses: list[Course]
    ) -> None:
        for site, people in (("North", 2), ("South", 1)):
            for _ in range(people):
                _worker(role, site=site, passed=courses)
        assert count_of(process.project, "trn.cover_gap") == (1, 2)

    def test_asks_every_required_course_of_a_proficient_person(
        self, process: BusinessProcess, role: JobRole, courses: list[Course]
    ) -> None:
        _worker(role, site="North", passed=courses)
        _worker(role, site="North", passed=courses[:1])
        assert count_of(process.project, "trn.cover_gap") == (1, 1)

    def test_a_critical_process_that_nobody_learns_is_a_gap(self, process: BusinessProcess) -> None:
        assert count_of(process.project, "trn.cover_gap") == (1, 1)

    def test_looks_only_at_critical_processes(
        self, process: BusinessProcess, role: JobRole
    ) -> None:
        _worker(role, site="North", passed=[])
        BusinessProcess.objects.update(criticality=Criticality.HIGH)
        assert count_of(process.project, "trn.cover_gap") == (0, 0)
