"""How people stand in their courses, kept in step with their records."""

from datetime import timedelta

import pytest

from governance.models import Person, ProjectMark
from tests.factories import RUN_AT, make_course, make_person, make_project, make_record
from training.models import Course, Standing
from training.services.standings import check_standings, refresh_standings

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DAY = timedelta(days=1)


@pytest.fixture
def person() -> Person:
    return make_person(project=make_project())


@pytest.fixture
def course(person: Person) -> Course:
    return make_course(project=person.project)


def _standing(person: Person) -> Standing:
    refresh_standings(project_id=person.project_id)
    return Standing.objects.get(person=person)


class TestRefreshStandings:
    def test_being_there_is_practice_and_nothing_more(self, person: Person, course: Course) -> None:
        make_record(person=person, course=course, result="ATTENDED")
        standing = _standing(person)
        assert standing.practised_at == RUN_AT
        assert (standing.completed_at, standing.checked_at, standing.passed_at) == (None,) * 3

    def test_a_completion_is_not_a_pass(self, person: Person, course: Course) -> None:
        make_record(person=person, course=course, result="COMPLETED", course_version="7")
        standing = _standing(person)
        assert (standing.completed_at, standing.completed_version) == (RUN_AT, "7")
        assert standing.passed_at is None

    def test_a_later_failure_takes_the_pass_and_leaves_the_completion(
        self, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course, result="PASSED")
        make_record(person=person, course=course, result="FAILED", happened_at=RUN_AT + DAY)
        standing = _standing(person)
        assert (standing.completed_at, standing.passed_at) == (RUN_AT, None)
        assert standing.checked_at == standing.practised_at == RUN_AT + DAY

    def test_takes_the_version_of_the_newest_completion(
        self, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course, course_version="2", happened_at=RUN_AT)
        make_record(person=person, course=course, course_version="10")
        make_record(person=person, course=course, course_version="9", happened_at=RUN_AT - DAY)
        assert _standing(person).completed_version == "10"

    def test_twice_moves_nothing(self, person: Person, course: Course) -> None:
        make_record(person=person, course=course)
        assert refresh_standings(project_id=person.project_id) == 1
        assert refresh_standings(project_id=person.project_id) == 0

    def test_touches_only_the_people_asked_for(self, person: Person, course: Course) -> None:
        other = make_person(project=person.project)
        make_record(person=person, course=course)
        make_record(person=other, course=course)
        refresh_standings(project_id=person.project_id, person_ids=[other.pk])
        assert Standing.objects.get().person == other

    def test_marks_the_project(self, person: Person) -> None:
        before = ProjectMark.objects.get(project=person.project).version
        refresh_standings(project_id=person.project_id)
        assert ProjectMark.objects.get(project=person.project).version == before + 1


class TestCheckStandings:
    def test_finds_nothing_where_all_is_in_step(self, person: Person, course: Course) -> None:
        make_record(person=person, course=course)
        refresh_standings(project_id=person.project_id)
        assert check_standings(project_ids=[person.project_id]) == []

    def test_names_what_is_missing_wrong_or_too_much(self, person: Person, course: Course) -> None:
        others = [make_person(project=person.project) for _ in range(2)]
        make_record(person=person, course=course)
        refresh_standings(project_id=person.project_id)
        Standing.objects.update(passed_at=None)
        make_record(person=others[0], course=course)
        Standing.objects.create(
            project=person.project, person=others[1], course=course, practised_at=RUN_AT
        )
        expected = [(row.pk, course.pk) for row in (person, *others)]
        assert check_standings(project_ids=[person.project_id]) == expected
