"""How far named people are with the courses of each process."""

import pytest

from governance.querysets.batches import batches
from tests.factories import (
    NOW,
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_process,
    make_project,
    make_record,
)
from training.metrics.trainees import Trainees, measure_trainees
from training.services.standings import refresh_standings


class TestHaveCompleted:
    @pytest.mark.parametrize(
        ("process_id", "completed"), [(1, True), (2, False), (3, False), (None, False)]
    )
    def test_asks_what_is_required_for_the_process(
        self, process_id: int | None, completed: bool
    ) -> None:
        trainees = Trainees({7: {1: (2, 2), 2: (2, 1)}})
        assert trainees.have_completed(7, process_id) is completed

    def test_asks_everything_of_who_tests_everything(self) -> None:
        assert Trainees({7: {1: (2, 2), None: (1, 1)}}).have_completed(7, None)

    def test_takes_nothing_required_for_nothing_shown(self) -> None:
        assert not Trainees().have_completed(7, None)
        assert not Trainees().have_completed(7, 1)


@pytest.mark.django_db
@pytest.mark.both_engines
class TestMeasureTrainees:
    def test_asks_only_about_these_people(self) -> None:
        project = make_project()
        process = make_process(project=project)
        course = make_course(project=project, process=process)
        role = make_job_role(project=project, courses=[course])
        people = [make_person(project=project) for _ in range(2)]
        for person in people:
            give_job_role(person=person, job_role=role)
            make_record(person=person, course=course)
        refresh_standings(project_id=project.pk)
        (batch,) = batches(project_ids=[project.pk], as_of=NOW)
        trainees = measure_trainees(batch=batch, person_ids=[people[0].pk])
        assert trainees.courses == {people[0].pk: {process.pk: (1, 1)}}
        assert trainees.have_completed(people[0].pk, process.pk)
