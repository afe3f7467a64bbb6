"""Testers trained in what they are to test."""

import pytest

from governance.models import Project
from tests.factories import (
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_process,
    make_project,
    make_record,
    make_tester,
)
from tests.measuring import share_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def project() -> Project:
    return make_project()


class TestPutTrainees:
    def test_asks_the_training_required_for_each_process_to_be_tested(
        self, project: Project
    ) -> None:
        processes = [make_process(project=project) for _ in range(2)]
        courses = [make_course(project=project, process=process) for process in processes]
        role = make_job_role(project=project, courses=courses)
        for completed, tests in ((1, processes[:1]), (1, processes), (2, processes)):
            person = make_person(project=project)
            give_job_role(person=person, job_role=role)
            for course in courses[:completed]:
                make_record(person=person, course=course, result="COMPLETED")
            for process in tests:
                make_tester(person=person, process=process)
        assert share_of(project, "trn.tester_trained_pct") == (2, 3)

    def test_asks_all_training_of_who_tests_everything(self, project: Project) -> None:
        course = make_course(project=project)
        role = make_job_role(project=project, courses=[course])
        person = make_person(project=project)
        give_job_role(person=person, job_role=role)
        make_tester(person=person)
        assert share_of(project, "trn.tester_trained_pct") == (0, 1)
        make_record(person=person, course=course)
        assert share_of(project, "trn.tester_trained_pct") == (1, 1)

    def test_takes_nothing_required_for_nothing_shown(self, project: Project) -> None:
        make_tester(person=make_person(project=project), process=make_process(project=project))
        assert share_of(project, "trn.tester_trained_pct") == (0, 1)
