"""Who needs which course: the pairs that fit, counted and in their order."""

from datetime import date, timedelta

import pytest

from governance.models import Department, Person
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
from training.models import JobRole, Requirement
from training.querysets.needs import STATES, Need, NeedFilter, count_needs, courses_of, needs
from training.services.standings import refresh_standings

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
TODAY = NOW.date()
DUE = TODAY + timedelta(days=3)


class Hall:
    """A checked course of a process for one role, an unchecked and optional one for another."""

    def __init__(self) -> None:
        """Make everything once: one person in each state of the checked course."""
        self.project = make_project()
        self.process = make_process(project=self.project)
        self.checked = make_course(project=self.project, process=self.process, version="2")
        self.plain = make_course(project=self.project, has_check=False)
        self.clerk: JobRole = make_job_role(project=self.project, courses=[self.checked])
        self.buyer: JobRole = make_job_role(
            project=self.project, courses=[self.checked, self.plain]
        )
        Requirement.objects.filter(course=self.plain).update(is_mandatory=False)
        Requirement.objects.filter(job_role=self.clerk).update(due_date=DUE)
        Requirement.objects.filter(job_role=self.buyer).update(due_date=DUE + timedelta(days=1))
        self.people: dict[str, Person] = {}
        for name, record in (
            ("failed", {"result": "FAILED"}),
            ("absent", {}),
            ("attended", {"result": "ATTENDED"}),
            ("outdated", {"result": "COMPLETED", "course_version": "1"}),
            ("finished", {"result": "COMPLETED"}),
            ("passed", {"result": "PASSED"}),
        ):
            self.people[name] = make_person(project=self.project, name=name, site="Oslo")
            give_job_role(person=self.people[name], job_role=self.clerk)
            if record:
                make_record(person=self.people[name], course=self.checked, **record)
        refresh_standings(project_id=self.project.pk)

    def found(self, **wanted: object) -> list[Need]:
        """Return the pairs that fit."""
        return needs(
            project_id=self.project.pk,
            today=TODAY,
            wanted=NeedFilter(**wanted),  # type: ignore[arg-type]
        )

    def names(self, **wanted: object) -> list[str]:
        """Return the names of the pairs that fit, after checking that their count is theirs."""
        names = {person.pk: name for name, person in self.people.items()}
        found = [names.get(need.person_id, "somebody") for need in self.found(**wanted)]
        counted, _through = count_needs(
            project_id=self.project.pk,
            today=TODAY,
            wanted=NeedFilter(**wanted),  # type: ignore[arg-type]
        )
        assert counted == len(found)
        return found


@pytest.fixture
def hall() -> Hall:
    """Return people who learn."""
    return Hall()


class TestNeeds:
    def test_orders_by_who_is_furthest_behind(self, hall: Hall) -> None:
        expected = ["failed", "absent", "attended", "outdated", "finished", "passed"]
        assert hall.names() == expected
        second = needs(
            project_id=hall.project.pk, today=TODAY, wanted=NeedFilter(), first=1, most=1
        )
        assert [need.person_id for need in second] == [hall.people["absent"].pk]

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("open", {"failed", "absent", "attended", "outdated", "finished"}),
            ("through", {"passed"}),
            ("failed", {"failed"}),
            ("not-started", {"absent"}),
            ("begun", {"attended", "outdated", "finished"}),
            ("completed", {"outdated", "finished", "passed"}),
            ("not-completed", {"failed", "absent", "attended"}),
            ("outdated", {"outdated"}),
        ],
    )
    def test_finds_by_state(self, hall: Hall, state: str, expected: set[str]) -> None:
        assert set(hall.names(state=state)) == expected

    def test_knows_every_state(self, hall: Hall) -> None:
        for state in STATES:
            hall.names(state=state)

    def test_names_a_person_of_two_roles_once_with_the_earliest_date(self, hall: Hall) -> None:
        person = hall.people["absent"]
        give_job_role(person=person, job_role=hall.buyer)
        both = hall.found(person_id=person.pk)
        assert both == [
            Need(person.pk, hall.checked.pk, True, DUE),
            Need(person.pk, hall.plain.pk, False, DUE + timedelta(days=1)),
        ]
        assert hall.names(job_role_id=hall.buyer.pk) == ["absent", "absent"]
        assert hall.names(is_mandatory=False) == ["absent"]
        assert hall.names(has_check=False) == ["absent"]
        assert len(hall.names(has_check=True, is_mandatory=True)) == 6
        assert hall.names(course_id=hall.plain.pk) == ["absent"]

    def test_finds_by_place_and_process(self, hall: Hall) -> None:
        person = hall.people["passed"]
        department = Department.objects.create(
            organisation_id=hall.project.organisation_id, project=hall.project, name="Finance"
        )
        Person.objects.filter(pk=person.pk).update(department=department, site="Porto")
        assert hall.names(department_id=department.pk) == ["passed"]
        assert hall.names(site="Porto") == ["passed"]
        assert len(hall.names(site="Oslo")) == 5
        assert len(hall.names(process_id=hall.process.pk)) == 6
        assert hall.names(process_id=0) == []

    @pytest.mark.parametrize(
        "fields",
        [{"left_date": TODAY - timedelta(days=1)}, {"joined_date": TODAY + timedelta(days=1)}],
    )
    def test_leaves_out_who_is_not_there_that_day(
        self, hall: Hall, fields: dict[str, date]
    ) -> None:
        Person.objects.filter(pk=hall.people["failed"].pk).update(**fields)
        assert "failed" not in hall.names()


class TestCountNeeds:
    def test_counts_who_is_through(self, hall: Hall) -> None:
        counts = count_needs(project_id=hall.project.pk, today=TODAY, wanted=NeedFilter())
        assert counts == (6, 1)


class TestCoursesOf:
    def test_returns_what_one_person_needs(self, hall: Hall) -> None:
        person = hall.people["absent"]
        found = courses_of(project_id=hall.project.pk, today=TODAY, person_id=person.pk)
        assert found == [Need(person.pk, hall.checked.pk, True, DUE)]
