"""Who was planned to test and did, department by department."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Department
from tests.factories import NOW, make_person, make_run, make_scenario, make_tester
from tests.participation import Team, make_team
from uat.models import Scenario
from uat.pages.turnout import NO_DEPARTMENT, turnout_list

pytestmark = pytest.mark.django_db
DAYS = {"from_date": date(2026, 5, 11), "to_date": date(2026, 5, 22)}
FIRST_WEEK = datetime(2026, 5, 13, 9, tzinfo=UTC)
SECOND_WEEK = datetime(2026, 5, 20, 9, tzinfo=UTC)


@pytest.fixture
def team() -> Team:
    found = make_team()
    for person in found.people:
        make_tester(person=person, **DAYS)
    return found


@pytest.fixture
def scenario(team: Team) -> Scenario:
    return make_scenario(project=team.cast.project)


class TestTurnoutList:
    def test_counts_the_weeks_of_each_and_names_the_quietest_department(
        self, team: Team, scenario: Scenario
    ) -> None:
        ada, ben = team.people
        for at in (FIRST_WEEK, SECOND_WEEK):
            make_run(scenario=scenario, person=ada, executed_at=at)
        make_run(scenario=scenario, person=ben, executed_at=FIRST_WEEK)
        listed = turnout_list(team.cast.project, at=NOW, department="")
        rows = [(row.person.name, row.ran, row.planned, str(row.look.word)) for row in listed.rows]
        assert rows == [("Ben Low", 1, 2, "In some weeks only"), ("Ada Young", 2, 2, "Took part")]
        assert listed.answer == (
            "In the quietest department, Finance, 1 of 2 planned testers took part in each "
            "planned week."
        )

    def test_shows_one_department_alone(self, team: Team) -> None:
        stores = Department.objects.create(
            organisation=team.cast.client, project=team.cast.project, name="Stores"
        )
        person = make_person(project=team.cast.project, department=stores)
        nobodys = make_person(project=team.cast.project)
        for each in (person, nobodys):
            make_tester(person=each, **DAYS)
        listed = turnout_list(team.cast.project, at=NOW, department=str(stores.public_id))
        assert [row.person for row in listed.rows] == [person]
        assert {line.name: line.due for line in listed.departments} == {
            "Finance": 2,
            "No department": 1,
            "Stores": 1,
        }
        everybody = turnout_list(team.cast.project, at=NOW, department="")
        assert [row.person.department for row in everybody.rows][:2] == [team.department] * 2
        without = turnout_list(team.cast.project, at=NOW, department=NO_DEPARTMENT)
        assert [row.person for row in without.rows] == [nobodys]

    def test_says_so_before_a_planned_week_is_over(self, team: Team) -> None:
        early = datetime(2026, 5, 12, 9, tzinfo=UTC)
        listed = turnout_list(team.cast.project, at=early, department="")
        assert (listed.rows, listed.answer) == ([], "No planned week of testing is over yet.")

    def test_is_reached_by_whoever_takes_part(self, team: Team, client: Client) -> None:
        address = reverse("uat:tester-list", args=[team.cast.project.public_id])
        client.force_login(team.cast.auditor)
        assert "Ada Young" in client.get(address).content.decode()
        assert client.get(f"{address}?department=nonsense").status_code == 200
        client.force_login(team.cast.other_sponsor)
        assert client.get(address).status_code == 404
