"""Requests for people on the desk of who manages the department."""

from datetime import date, timedelta

import pytest

from governance.choices import PersonReply, Role
from governance.models import Department, Person, User
from readiness.pages.work import my_work
from tests.factories import NOW, join, make_user
from tests.participation import Team, answer, asked_of, make_team, release_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


def waiting(user: User) -> list[str]:
    return [item.text for item in my_work(user, at=NOW + timedelta(hours=3)).items]


class TestPeopleWaiting:
    def test_waits_until_everybody_is_answered_for(self, team: Team) -> None:
        request = team.ask()
        assert waiting(team.manager) == ["Release people of Finance for Testing, or refuse: 2"]
        ada, _ = asked_of(request)
        answer(request, (ada, PersonReply.RELEASED, ""), by=team.manager)
        assert waiting(team.manager) == ["Release people of Finance for Testing, or refuse: 1"]
        Person.objects.filter(name="Ben Low").update(left_date=date(2026, 5, 20))
        assert waiting(team.manager) == []

    def test_leads_to_the_one_screen(self, team: Team) -> None:
        request = team.ask()
        (item,) = my_work(team.manager, at=NOW).items
        assert item.href.endswith(f"/people-requests/{request.public_id}/")
        release_all(request, by=team.manager)
        assert waiting(team.manager) == []

    def test_goes_with_the_department_to_the_next_manager(self, team: Team) -> None:
        team.ask()
        heir = make_user(organisation=team.cast.client)
        join(project=team.cast.project, user=heir, role=Role.DEPARTMENT_MANAGER)
        Department.objects.filter(pk=team.department.pk).update(manager=heir)
        assert waiting(team.manager) == []
        assert len(waiting(heir)) == 1
        assert waiting(team.cast.project_manager) == []
