"""What roles require against what was completed and passed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from governance.models import Department, Person, Project
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
from tests.measuring import share_of
from training.models import Course, JobRole, Requirement

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
YESTERDAY, TODAY, TOMORROW = date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 2)


@pytest.fixture
def project() -> Project:
    return make_project()


@pytest.fixture
def course(project: Project) -> Course:
    return make_course(project=project)


@pytest.fixture
def role(project: Project, course: Course) -> JobRole:
    return make_job_role(project=project, courses=[course])


@pytest.fixture
def person(project: Project, role: JobRole) -> Person:
    person = make_person(project=project)
    give_job_role(person=person, job_role=role)
    return person


class TestPutCurriculum:
    def test_a_completion_is_not_a_pass(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course, result="COMPLETED")
        assert share_of(project, "trn.complete_pct") == (1, 1)
        assert share_of(project, "trn.prof_pct") == (0, 1)
        make_record(person=person, course=course, result="PASSED", happened_at=NOW)
        assert share_of(project, "trn.prof_pct") == (1, 1)

    def test_asks_no_pass_of_a_course_without_a_check(
        self, project: Project, person: Person, course: Course
    ) -> None:
        Course.objects.update(has_check=False)
        make_record(person=person, course=course, result="COMPLETED")
        assert share_of(project, "trn.prof_pct") == (0, 0)

    def test_counts_a_course_once_for_two_roles(
        self, project: Project, person: Person, course: Course
    ) -> None:
        give_job_role(person=person, job_role=make_job_role(project=project, courses=[course]))
        assert share_of(project, "trn.complete_pct") == (0, 1)

    def test_does_not_count_what_nobody_requires(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=make_course(project=project))
        make_record(person=make_person(project=project), course=course)
        assert share_of(project, "trn.complete_pct") == (0, 1)

    def test_asks_only_what_is_mandatory(self, project: Project, person: Person) -> None:
        Requirement.objects.update(is_mandatory=False)
        assert share_of(project, "trn.complete_pct") == (0, 0)

    @pytest.mark.parametrize(
        ("fields", "due"),
        [
            ({"left_date": TODAY}, 1),
            ({"left_date": YESTERDAY}, 0),
            ({"joined_date": TODAY}, 1),
            ({"joined_date": TOMORROW}, 0),
            ({"recorded_at": NOW}, 1),
            ({"recorded_at": NOW + timedelta(seconds=1)}, 0),
        ],
    )
    def test_takes_the_roster_of_the_day(
        self, project: Project, role: JobRole, fields: dict[str, object], due: int
    ) -> None:
        give_job_role(person=make_person(project=project, **fields), job_role=role)
        assert share_of(project, "trn.complete_pct") == (0, due)

    @pytest.mark.parametrize(
        ("fields", "due"),
        [
            ({"from_date": TODAY, "to_date": TODAY}, 1),
            ({"from_date": TOMORROW}, 0),
            ({"to_date": YESTERDAY}, 0),
        ],
    )
    def test_takes_the_roles_of_the_day(
        self, project: Project, role: JobRole, fields: dict[str, object], due: int
    ) -> None:
        give_job_role(person=make_person(project=project), job_role=role, **fields)
        assert share_of(project, "trn.complete_pct") == (0, due)

    def test_counts_completions_of_an_older_version(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course, course_version="0")
        assert share_of(project, "trn.outdated_pct") == (1, 1)
        Course.objects.update(version_at=NOW + timedelta(seconds=1))
        assert share_of(project, "trn.outdated_pct") == (0, 1)

    def test_reports_the_department_furthest_behind(
        self, project: Project, role: JobRole, course: Course
    ) -> None:
        for name, people, trained in (("Sales", 2, 2), ("Stores", 3, 1)):
            department = Department.objects.create(
                organisation_id=project.organisation_id, project=project, name=name
            )
            for number in range(people):
                somebody = make_person(project=project, department=department)
                give_job_role(person=somebody, job_role=role)
                if number < trained:
                    make_record(person=somebody, course=course)
        assert share_of(project, "trn.dept_min_pct") == (1, 3)

    def test_shows_passes_by_the_process_that_the_course_belongs_to(
        self, project: Project, person: Person, course: Course
    ) -> None:
        process = make_process(project=project)
        area = make_process(project=project, parent=process, accountable=process)
        Course.objects.update(process=area)
        make_record(person=person, course=course, result="COMPLETED")
        assert share_of(project, "heat.training", process_id=process.pk) == (0, 1)
        Course.objects.update(has_check=False)
        assert share_of(project, "heat.training", process_id=process.pk) == (1, 1)


class TestStalePractice:
    @pytest.fixture
    def project(self) -> Project:
        return make_project(go_live_date=date(2026, 6, 25), time_zone="Europe/Warsaw")

    @pytest.mark.parametrize(("minute", "stale"), [(0, 0), (-1, 1)])
    def test_asks_practice_within_thirty_days_before_go_live(
        self, project: Project, person: Person, course: Course, minute: int, stale: int
    ) -> None:
        midnight = datetime(2026, 5, 25, 22, 0, tzinfo=UTC)
        at = midnight + timedelta(minutes=minute)
        make_record(person=person, course=course, happened_at=at)
        assert share_of(project, "trn.stale_pct") == (stale, 1)

    def test_lets_being_there_again_count_as_practice(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course)
        make_record(person=person, course=course, result="ATTENDED", happened_at=NOW)
        assert share_of(project, "trn.stale_pct") == (0, 1)

    def test_asks_only_of_trained_people(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course, result="ATTENDED")
        assert share_of(project, "trn.stale_pct") == (0, 0)

    def test_without_a_go_live_date_there_is_nothing_to_measure(
        self, project: Project, person: Person, course: Course
    ) -> None:
        make_record(person=person, course=course)
        other = make_project(go_live_date=None)
        assert share_of(other, "trn.stale_pct") == (0, 0)
