"""Who has to learn what on one day: counted by role, by course and by person."""

from datetime import date, timedelta

import pytest

from governance.models import Person
from tests.factories import (
    NOW,
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_project,
    make_record,
)
from training.models import Course, JobRole, Requirement
from training.querysets.matrix import (
    course_tallies,
    matrix_cells,
    person_tallies,
)
from training.services.standings import refresh_standings

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
TODAY = NOW.date()


class Hall:
    """One course that two job roles need, and three people."""

    def __init__(self) -> None:
        """Make everything once: Ada holds both roles and passed, Bo completed, Cy did nothing."""
        self.project = make_project()
        self.course: Course = make_course(project=self.project)
        self.buyer: JobRole = make_job_role(project=self.project, courses=[self.course])
        self.clerk: JobRole = make_job_role(project=self.project, courses=[self.course])
        self.ada, self.bo, self.cy = (make_person(project=self.project) for _ in range(3))
        for person, role in (
            (self.ada, self.buyer),
            (self.ada, self.clerk),
            (self.bo, self.buyer),
            (self.cy, self.clerk),
        ):
            give_job_role(person=person, job_role=role)
        make_record(person=self.ada, course=self.course)
        make_record(person=self.bo, course=self.course, result="COMPLETED", course_version="0")
        refresh_standings(project_id=self.project.pk)


@pytest.fixture
def hall() -> Hall:
    """Return people who learn."""
    return Hall()


class TestMatrixCells:
    def test_counts_people_by_role_and_course(self, hall: Hall) -> None:
        cells = {
            cell.job_role_id: cell for cell in matrix_cells(project_id=hall.project.pk, today=TODAY)
        }
        buyer, clerk = cells[hall.buyer.pk], cells[hall.clerk.pk]
        assert (buyer.due, buyer.completed, buyer.passed, buyer.outdated) == (2, 2, 1, 1)
        assert (clerk.due, clerk.completed, clerk.passed, clerk.outdated) == (2, 1, 1, 0)
        assert buyer.is_mandatory is True

    @pytest.mark.parametrize(
        ("fields", "counts"),
        [
            ({"left_date": TODAY}, True),
            ({"left_date": TODAY - timedelta(days=1)}, False),
            ({"joined_date": TODAY}, True),
            ({"joined_date": TODAY + timedelta(days=1)}, False),
        ],
    )
    def test_counts_who_is_on_the_roster_that_day(
        self, hall: Hall, fields: dict[str, date], counts: bool
    ) -> None:
        Person.objects.filter(pk=hall.cy.pk).update(**fields)
        (clerk,) = (
            cell
            for cell in matrix_cells(project_id=hall.project.pk, today=TODAY)
            if cell.job_role_id == hall.clerk.pk
        )
        assert clerk.due == 1 + counts

    @pytest.mark.parametrize(
        ("fields", "counts"),
        [
            ({"to_date": TODAY}, True),
            ({"to_date": TODAY - timedelta(days=1)}, False),
            ({"from_date": TODAY + timedelta(days=1)}, False),
        ],
    )
    def test_counts_who_holds_the_role_that_day(
        self, hall: Hall, fields: dict[str, date], counts: bool
    ) -> None:
        hall.clerk.assignments.filter(person=hall.cy).update(**fields)
        tallies = person_tallies(project_id=hall.project.pk, today=TODAY, person_ids=[hall.cy.pk])
        assert (hall.cy.pk in tallies) == counts


class TestCourseTallies:
    def test_counts_a_person_of_two_roles_once(self, hall: Hall) -> None:
        (tally,) = course_tallies(project_id=hall.project.pk, today=TODAY)
        assert (tally.due, tally.completed, tally.passed, tally.outdated) == (3, 2, 1, 1)

    def test_leaves_optional_courses_out(self, hall: Hall) -> None:
        Requirement.objects.update(is_mandatory=False)
        assert course_tallies(project_id=hall.project.pk, today=TODAY) == []
        cells = matrix_cells(project_id=hall.project.pk, today=TODAY)
        assert [cell.is_mandatory for cell in cells] == [False, False]


class TestPersonTallies:
    def test_counts_courses_and_checks_of_each_person(self, hall: Hall) -> None:
        tallies = person_tallies(
            project_id=hall.project.pk, today=TODAY, person_ids=[hall.ada.pk, hall.cy.pk]
        )
        assert tallies[hall.ada.pk][1:] == (1, 1, 1, 1)
        assert tallies[hall.cy.pk][1:] == (1, 0, 1, 0)
        assert hall.bo.pk not in tallies

    def test_takes_nobody_for_nobody(self, hall: Hall) -> None:
        assert person_tallies(project_id=hall.project.pk, today=TODAY, person_ids=[]) == {}
