"""The training matrix, the people of a course, the roster and one person, in the browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.models import Department, Person, User
from tests.factories import (
    NOW,
    give_job_role,
    make_course,
    make_job_role,
    make_person,
    make_process,
    make_record,
)
from tests.people import Cast, make_cast
from training.models import Course, JobRole, Requirement
from training.pages.matrix import Share
from training.pages.people import ROWS_ON_A_PAGE
from training.services.standings import refresh_standings


@pytest.fixture
def cast(db: None, time_machine: TimeMachineFixture) -> Cast:
    """Return everybody."""
    found = make_cast()
    time_machine.move_to(NOW, tick=False)
    return found


@pytest.fixture
def course(cast: Cast) -> Course:
    """Return a course in version 2 that ends in a check."""
    return make_course(project=cast.project, code="OTC-1", name="Daily orders", version="2")


@pytest.fixture
def clerk(cast: Cast, course: Course) -> JobRole:
    """Return a job role that needs the course."""
    return make_job_role(project=cast.project, courses=[course], name="Order clerk")


def address(cast: Cast, name: str, *rows: Any) -> str:
    """Return where something of the first project is."""
    return reverse(f"training:{name}", args=[row.public_id for row in (cast.project, *rows)])


def page_of(client: Client, user: User, where: str) -> str:
    """Return a page as somebody sees it."""
    client.force_login(user)
    answer = client.get(where)
    assert answer.status_code == 200
    return answer.content.decode()


def learner(role: JobRole, *, name: str, **record: Any) -> Person:
    """Return somebody in a job role, with a record where one is given."""
    person = make_person(project=role.project, name=name)
    give_job_role(person=person, job_role=role)
    if record:
        (requirement,) = Requirement.objects.filter(job_role=role)
        make_record(person=person, course=requirement.course, **record)
        refresh_standings(project_id=role.project_id)
    return person


class TestShare:
    @pytest.mark.parametrize(
        ("done", "due", "tone"),
        [(3, 3, "good"), (199, 200, "warn"), (7, 10, "warn"), (69, 100, "bad"), (0, 0, "quiet")],
    )
    def test_is_green_only_for_everybody(self, done: int, due: int, tone: str) -> None:
        assert Share(done, due).tone == tone


class TestShowMatrix:
    def test_shows_done_of_due_by_role_and_opens_to_the_people(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        learner(clerk, name="Ada", result="PASSED")
        learner(clerk, name="Bo")
        optional = make_job_role(project=cast.project, courses=[course], name="Buyer")
        Requirement.objects.filter(job_role=optional).update(is_mandatory=False)
        learner(optional, name="Cy", result="COMPLETED", course_version="1")
        page = page_of(client, cast.auditor, address(cast, "matrix-show"))
        assert "1 of 2 required courses are completed (50 %), 1 are passed." in page
        assert "Order clerk, Daily orders: 1 of 2, Some passed" in page
        assert "Buyer, Daily orders: 0 of 1, Nobody passed (optional)" in page
        assert f"{address(cast, 'course-people', course)}?role={clerk.public_id}" in page
        assert "not needed" not in page
        other = make_course(project=cast.project, name="For buyers alone")
        learner(make_job_role(project=cast.project, courses=[other]), name="Di")
        assert "not needed" in page_of(client, cast.auditor, address(cast, "matrix-show"))

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.auditor, address(cast, "matrix-show"))
        assert "Import the roster, then the courses" in page


class TestListCoursePeople:
    def test_lists_those_furthest_behind_first_and_calls_only_a_pass_through(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        learner(clerk, name="Passer", result="PASSED")
        learner(clerk, name="Finisher", result="COMPLETED")
        learner(clerk, name="Older", result="PASSED", course_version="1")
        learner(clerk, name="Sitter", result="ATTENDED")
        learner(clerk, name="Failer", result="FAILED")
        learner(clerk, name="Absent")
        page = page_of(client, cast.auditor, address(cast, "course-people", course))
        assert "2 of 6 people who need it are through." in page
        assert "Passed, an older version" in page
        order = ["Failer", "Absent", "Sitter", "Older", "Finisher", "Passer"]
        assert sorted(order, key=page.index) == order

    def test_calls_a_completion_enough_where_there_is_no_check(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        Course.objects.update(has_check=False)
        learner(clerk, name="Finisher", result="COMPLETED")
        page = page_of(client, cast.auditor, address(cast, "course-people", course))
        assert "1 of 1 people who need it are through." in page
        assert "No check" in page_of(client, cast.auditor, address(cast, "matrix-show"))

    def test_narrows_to_one_role_of_the_project(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        learner(clerk, name="Ada")
        buyer = make_job_role(project=cast.project, courses=[course], name="Buyer")
        learner(buyer, name="Bo")
        where = address(cast, "course-people", course)
        page = page_of(client, cast.auditor, f"{where}?role={buyer.public_id}")
        assert "0 of 1 people who need it as Buyer are through." in page
        assert "Ada" not in page
        foreign = make_job_role(project=cast.other_project)
        for role in (foreign.public_id, "nonsense"):
            assert client.get(f"{where}?role={role}").status_code == 404

    def test_keeps_the_role_on_the_next_page(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        for number in range(ROWS_ON_A_PAGE + 1):
            learner(clerk, name=f"Learner {number:03d}")
        where = f"{address(cast, 'course-people', course)}?role={clerk.public_id}"
        page = page_of(client, cast.auditor, where)
        assert f"role={clerk.public_id}&amp;page=2" in page
        assert f"Learner {ROWS_ON_A_PAGE:03d}" not in page
        assert f"Learner {ROWS_ON_A_PAGE:03d}" in page_of(client, cast.auditor, f"{where}&page=2")

    def test_finds_by_department_site_state_and_need(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        finance = Department.objects.create(
            organisation=cast.client, project=cast.project, name="Finance"
        )
        ada = learner(clerk, name="Ada", result="PASSED")
        Person.objects.filter(pk=ada.pk).update(department=finance, site="Oslo")
        learner(clerk, name="Bo")
        where = address(cast, "course-people", course)
        for query in (f"department={finance.public_id}", "site=Oslo", "state=through"):
            page = page_of(client, cast.auditor, f"{where}?{query}")
            assert ">Ada</a>" in page
            assert ">Bo</a>" not in page
        assert "Nobody fits" in page_of(client, cast.auditor, f"{where}?need=optional")
        for query in ("site=Paris", "state=odd", "department=odd"):
            assert client.get(f"{where}?{query}").status_code == 404

    def test_says_that_nobody_needs_it(self, client: Client, cast: Cast, course: Course) -> None:
        page = page_of(client, cast.auditor, address(cast, "course-people", course))
        assert "Nobody needs this course today" in page


class TestListTrainees:
    def test_lists_people_and_courses_with_due_date_and_last_attempt(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        other = make_course(project=cast.project, code="NO-1", name="Unchecked", has_check=False)
        buyer = make_job_role(project=cast.project, courses=[course, other], name="Buyer")
        ada = learner(clerk, name="Ada", result="FAILED")
        give_job_role(person=ada, job_role=buyer)
        late = NOW.date() - timedelta(days=1)
        Requirement.objects.filter(job_role=buyer, course=course).update(due_date=late)
        where = address(cast, "trainee-list")
        page = page_of(client, cast.auditor, where)
        assert "2 needed courses found, 0 of them passed." in page
        assert "31 May 2026, overdue" in page
        assert "12 May 2026" in page
        assert page.index('/">Daily orders<') < page.index('/">Unchecked<')
        for query, number in (
            ("state=failed", 1),
            ("state=not-started", 1),
            ("state=begun", 0),
            ("check=without", 1),
            (f"course={other.public_id}", 1),
            (f"role={clerk.public_id}", 1),
            ("need=mandatory&state=open", 2),
        ):
            page = page_of(client, cast.auditor, f"{where}?{query}")
            assert (f"{number} found" if number else "Nobody fits") in page

    def test_finds_by_the_process_of_the_course(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        process = make_process(project=cast.project)
        learner(clerk, name="Ada")
        where = f"{address(cast, 'trainee-list')}?process={process.public_id}"
        assert "Nobody fits" in page_of(client, cast.auditor, where)
        Course.objects.update(process=process)
        assert ">Ada</a>" in page_of(client, cast.auditor, where)

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        page = page_of(client, cast.auditor, address(cast, "trainee-list"))
        assert "Import the roster, then the courses" in page

    def test_is_not_there_for_strangers(self, client: Client, cast: Cast) -> None:
        for user in (cast.stranger, cast.other_sponsor):
            client.force_login(user)
            assert client.get(address(cast, "trainee-list")).status_code == 404


class TestListRoster:
    def test_finds_people_by_words_and_department(
        self, client: Client, cast: Cast, clerk: JobRole
    ) -> None:
        finance = Department.objects.create(
            organisation=cast.client, project=cast.project, name="Finance"
        )
        ada = learner(clerk, name="Ada", result="PASSED")
        Person.objects.filter(pk=ada.pk).update(department=finance, site="Oslo")
        bo = learner(clerk, name="Bo")
        Person.objects.filter(pk=bo.pk).update(left_date=NOW.date() - timedelta(days=1))
        where = address(cast, "roster-list")
        page = page_of(client, cast.auditor, where)
        assert "2 people are on the roster." in page
        assert "1 of 1" in page
        assert "left 31 May 2026" in page
        for query in ("q=oslo", f"department={finance.public_id}", "site=Oslo"):
            page = page_of(client, cast.auditor, f"{where}?{query}")
            assert ">Ada</a>" in page
            assert ">Bo</a>" not in page
        assert "Nobody fits" in page_of(client, cast.auditor, f"{where}?q=nobody")
        foreign = Department.objects.create(
            organisation=cast.other_client, project=cast.other_project, name="Foreign"
        )
        assert client.get(f"{where}?department={foreign.public_id}").status_code == 404

    def test_says_what_to_do_first(self, client: Client, cast: Cast) -> None:
        assert "Import the roster first" in page_of(
            client, cast.auditor, address(cast, "roster-list")
        )


class TestShowPerson:
    def test_shows_roles_and_courses(
        self, client: Client, cast: Cast, course: Course, clerk: JobRole
    ) -> None:
        ada = learner(clerk, name="Ada", result="PASSED")
        page = page_of(client, cast.auditor, address(cast, "person-detail", ada))
        assert "1 of 1 course completed, 1 passed." in page
        assert "Order clerk" in page
        assert "Passed the check" in page

    def test_shows_somebody_who_has_nothing_to_learn(self, client: Client, cast: Cast) -> None:
        person = make_person(project=cast.project, left_date=NOW.date())
        page = page_of(client, cast.auditor, address(cast, "person-detail", person))
        assert "Has no course to take." in page

    def test_is_not_there_under_another_project(self, client: Client, cast: Cast) -> None:
        foreign = make_person(project=cast.other_project)
        client.force_login(cast.sponsor)
        assert client.get(address(cast, "person-detail", foreign)).status_code == 404
