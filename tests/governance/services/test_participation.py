"""Asking for people: what is written, and who cannot be asked for."""

from datetime import date, timedelta
from typing import Any

import pytest

from governance.choices import NoticeKind, ParticipationPurpose, PersonReply
from governance.models import (
    CalendarEntry,
    Department,
    Notice,
    ParticipationRequest,
    Person,
    ProjectMark,
    RecordEntry,
    User,
)
from governance.services.participation import PeopleRefused
from tests.factories import NOW, make_person
from tests.participation import LAST_DAY, Team, answer, asked_of, make_team, release_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


class TestAskForPeople:
    def test_names_each_person_and_tells_the_manager(self, team: Team) -> None:
        before = ProjectMark.objects.get(project=team.cast.project).version
        request = team.ask()
        assert [one.person.name for one in asked_of(request)] == ["Ada Young", "Ben Low"]
        assert request.manager == team.manager
        told = Notice.objects.get(account=team.manager)
        assert (told.kind, told.title) == (NoticeKind.PEOPLE_WANTED, "Finance: Ada Young, Ben Low")
        assert told.due_at == request.answer_due_at
        assert ProjectMark.objects.get(project=team.cast.project).version == before + 1

    def test_stands_in_the_record_without_a_name(self, team: Team) -> None:
        team.ask()
        entries = RecordEntry.objects.filter(project=team.cast.project)
        kinds = list(entries.order_by("seq").values_list("kind", flat=True))
        assert kinds[-3:] == ["PEOPLE_ASKED_FOR", "PERSON_ASKED_FOR", "PERSON_ASKED_FOR"]
        assert not any("Ada" in str(entry.body) for entry in entries)

    def test_gives_two_working_days_by_the_calendar(self, team: Team) -> None:
        # Monday 9:00 UTC: 8 hours are left of Monday, 9 are Tuesday's, 1 is Wednesday's
        assert team.ask().answer_due_at == NOW + timedelta(days=2)
        CalendarEntry.objects.create(
            organisation=team.cast.client,
            project=team.cast.project,
            kind="HOLIDAY",
            title="A day off",
            from_date=date(2026, 6, 2),
            to_date=date(2026, 6, 2),
            written_by=team.cast.project_manager,
            written_at=NOW,
        )
        other = team.ask(purpose=ParticipationPurpose.TRAINING)
        assert other.answer_due_at == NOW + timedelta(days=3)

    @pytest.mark.parametrize(
        ("days", "reason"),
        [
            ({"to_date": date(2026, 6, 7)}, "before the first"),
            ({"from_date": date(2026, 5, 29)}, "day is over"),
            ({"to_date": date(2036, 6, 8)}, "a year at most"),
        ],
    )
    def test_refuses_days_that_are_none(
        self, team: Team, days: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(PeopleRefused, match=reason):
            team.ask(**days)
        assert not ParticipationRequest.objects.exists()

    def test_refuses_people_of_another_department_or_client(self, team: Team) -> None:
        other = Department.objects.create(
            organisation=team.cast.client, project=team.cast.project, name="Stores"
        )
        elsewhere = make_person(project=team.cast.project, department=other)
        foreign = make_person(project=team.cast.other_project)
        nowhere = make_person(project=team.cast.project)
        for person in (elsewhere, foreign, nowhere):
            with pytest.raises(PeopleRefused, match="is not in Finance"):
                team.ask(people=[person])

    def test_refuses_a_department_of_another_project(self, team: Team) -> None:
        foreign = Department.objects.create(
            organisation=team.cast.other_client,
            project=team.cast.other_project,
            name="Finance",
            manager=team.cast.other_sponsor,
        )
        with pytest.raises(PeopleRefused, match="of this project"):
            team.ask(department=foreign, people=[])

    @pytest.mark.parametrize(
        ("left", "joined", "reason"),
        [
            (date(2026, 5, 20), None, "Ada Young left on 20 May 2026"),
            (date(2026, 6, 10), None, "Ada Young leaves on 10 Jun 2026"),
            (None, date(2026, 6, 9), "Ada Young joins on 9 Jun 2026 only"),
        ],
    )
    def test_refuses_who_is_not_there_in_these_days(
        self, team: Team, left: date | None, joined: date | None, reason: str
    ) -> None:
        person = team.people[0]
        Person.objects.filter(pk=person.pk).update(left_date=left, joined_date=joined)
        person.refresh_from_db()
        with pytest.raises(PeopleRefused, match=reason):
            team.ask()

    def test_takes_who_leaves_on_the_last_day(self, team: Team) -> None:
        Person.objects.update(left_date=LAST_DAY)
        for person in team.people:
            person.refresh_from_db()
        assert team.ask().people.count() == 2

    def test_refuses_a_call_for_nobody(self, team: Team) -> None:
        with pytest.raises(PeopleRefused, match="at least one person"):
            team.ask(people=[])

    def test_refuses_a_department_that_nobody_can_answer_for(self, team: Team) -> None:
        Department.objects.filter(pk=team.department.pk).update(manager=team.cast.stranger)
        team.department.refresh_from_db()
        with pytest.raises(PeopleRefused, match="has no role in this project"):
            team.ask()
        User.objects.filter(pk=team.manager.pk).update(is_active=False)
        Department.objects.filter(pk=team.department.pk).update(manager=team.manager)
        team.department.refresh_from_db()
        with pytest.raises(PeopleRefused, match="Nobody manages Finance"):
            team.ask()

    def test_refuses_to_ask_twice_for_the_same_days(self, team: Team) -> None:
        request = team.ask()
        with pytest.raises(PeopleRefused, match="Ada Young, Ben Low: asked for in these days"):
            team.ask()
        team.ask(purpose=ParticipationPurpose.TRAINING)
        release_all(request, by=team.manager)
        with pytest.raises(PeopleRefused, match="asked for in these days"):
            team.ask(from_date=LAST_DAY, to_date=LAST_DAY)
        team.ask(from_date=LAST_DAY + timedelta(days=1), to_date=LAST_DAY + timedelta(days=1))

    def test_may_ask_again_for_who_was_refused(self, team: Team) -> None:
        request = team.ask()
        ada, _ben = asked_of(request)
        answer(request, (ada, PersonReply.REFUSED, "Closing week."), by=team.manager)
        assert team.ask(people=[ada.person]).people.count() == 1

    def test_refuses_a_partner(self, team: Team) -> None:
        with pytest.raises(PeopleRefused, match="client's own people"):
            team.ask(by=team.cast.consultant)
