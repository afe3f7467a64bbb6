"""How far named people are with the courses of each process."""

from datetime import timedelta

import pytest

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
from tests.histories import mark_at
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
    @pytest.mark.parametrize("marked_at", [NOW, NOW + timedelta(days=9)])
    def test_does_not_know_of_later_records(self, marked_at: object) -> None:
        project = make_project()
        process = make_process(project=project)
        course = make_course(project=project, process=process)
        role = make_job_role(project=project, courses=[course])
        people = [make_person(project=project) for _ in range(2)]
        for person, at in zip(people, (NOW, NOW + timedelta(seconds=1)), strict=True):
            give_job_role(person=person, job_role=role)
            make_record(person=person, course=course, happened_at=at, recorded_at=NOW)
        refresh_standings(project_id=project.pk)
        mark_at(project, marked_at)  # type: ignore[arg-type]
        trainees = measure_trainees(
            project_ids=[project.pk], person_ids=[person.pk for person in people], as_of=NOW
        )
        done = [trainees.have_completed(person.pk, process.pk) for person in people]
        assert done == [True, False]
