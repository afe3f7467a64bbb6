"""Answering for people by name: who may, what counts, and what is refused."""

from datetime import date, timedelta

import pytest

from governance.choices import NoticeKind, PersonReply, Role
from governance.models import (
    Caveat,
    Department,
    Notice,
    ParticipationRequest,
    Person,
    PersonAnswer,
    User,
)
from governance.services.participation import PeopleRefused, newest_answer
from governance.services.releasing import Word, answer_for_people
from tests.factories import NOW, join, make_user
from tests.participation import SOON, Team, answer, asked_of, make_team, release_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def request_(team: Team) -> ParticipationRequest:
    row: ParticipationRequest = team.ask()
    return row


class TestAnswerForPeople:
    def test_releases_one_and_refuses_another_by_name(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        ada, ben = asked_of(request_)
        answer(request_, (ada, PersonReply.RELEASED, ""), by=team.manager)
        assert Notice.objects.get(account=team.manager).settled_at is None
        answer(request_, (ben, PersonReply.REFUSED, "Closing week."), by=team.manager)
        said = {row.requested.person.name: row.reply for row in PersonAnswer.objects.all()}
        assert said == {"Ada Young": "RELEASED", "Ben Low": "REFUSED"}
        assert Notice.objects.get(account=team.manager).settled_at == SOON
        told = Notice.objects.filter(account=team.cast.project_manager)
        assert {row.kind for row in told} == {NoticeKind.PEOPLE_ANSWERED}
        assert {row.title for row in told} == {"Finance: Ada Young", "Finance: Ben Low"}

    @pytest.mark.parametrize(
        "who", ["project_manager", "sponsor", "business_user", "consultant", "other_sponsor"]
    )
    def test_refuses_everybody_but_the_manager(
        self, team: Team, request_: ParticipationRequest, who: str
    ) -> None:
        with pytest.raises(PeopleRefused, match="Only the manager of the department"):
            release_all(request_, by=getattr(team.cast, who))

    def test_refuses_the_manager_of_another_department(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        other = make_team(team.cast, name="Stores")
        with pytest.raises(PeopleRefused, match="Only the manager of the department"):
            release_all(request_, by=other.manager)

    def test_falls_to_the_next_manager(self, team: Team, request_: ParticipationRequest) -> None:
        heir = make_user(organisation=team.cast.client)
        join(project=team.cast.project, user=heir, role=Role.DEPARTMENT_MANAGER)
        Department.objects.filter(pk=team.department.pk).update(manager=heir)
        with pytest.raises(PeopleRefused, match="Only the manager"):
            release_all(request_, by=team.manager)
        release_all(request_, by=heir)

    def test_falls_to_an_executive_once_it_is_overdue(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        release_all(request_, by=team.cast.sponsor, at=request_.answer_due_at)
        assert PersonAnswer.objects.filter(answered_by=team.cast.sponsor).count() == 2

    def test_falls_to_an_executive_when_the_managers_account_is_closed(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        User.objects.filter(pk=team.manager.pk).update(is_active=False)
        release_all(request_, by=team.cast.sponsor)

    def test_refuses_a_refusal_without_a_reason(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        ada, _ = asked_of(request_)
        with pytest.raises(PeopleRefused, match="Say why for Ada Young"):
            answer(request_, (ada, PersonReply.REFUSED, " "), by=team.manager)
        assert not PersonAnswer.objects.exists()

    def test_takes_all_of_an_answer_or_nothing(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        ada, ben = asked_of(request_)
        words = ((ada, PersonReply.RELEASED, ""), (ben, PersonReply.REFUSED, ""))
        with pytest.raises(PeopleRefused):
            answer(request_, *words, by=team.manager)
        assert not PersonAnswer.objects.exists()

    def test_refuses_to_answer_twice(self, team: Team, request_: ParticipationRequest) -> None:
        release_all(request_, by=team.manager)
        ada, _ = asked_of(request_)
        with pytest.raises(PeopleRefused, match="Somebody answered for Ada Young meanwhile"):
            answer(request_, (ada, PersonReply.REFUSED, "Closing week."), by=team.manager)
        assert PersonAnswer.objects.count() == 2

    def test_changes_an_answer_that_was_seen(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        release_all(request_, by=team.manager)
        ada, _ = asked_of(request_)
        before = newest_answer(ada)
        changed = Word(
            requested=ada, reply=PersonReply.REFUSED, reason="She is ill.", instead_of=before
        )
        at = SOON + timedelta(hours=1)
        answer_for_people(
            request=request_, words=[changed], answered_by=team.manager, answered_at=at
        )
        with pytest.raises(PeopleRefused, match="meanwhile"):
            answer_for_people(
                request=request_, words=[changed], answered_by=team.manager, answered_at=at
            )
        assert PersonAnswer.objects.filter(requested=ada).count() == 2
        newest = newest_answer(asked_of(request_)[0])
        assert newest is not None
        assert newest.reply == PersonReply.REFUSED

    def test_refuses_a_change_without_a_reason_or_to_the_same(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        release_all(request_, by=team.manager)
        ada, _ = asked_of(request_)
        for reply, reason, match in (
            (PersonReply.RELEASED, "Still.", "like this already"),
            (PersonReply.REFUSED, "", "Say why"),
        ):
            word = Word(requested=ada, reply=reply, reason=reason, instead_of=newest_answer(ada))
            with pytest.raises(PeopleRefused, match=match):
                answer_for_people(
                    request=request_, words=[word], answered_by=team.manager, answered_at=SOON
                )

    def test_does_not_release_who_left_the_roster(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        Person.objects.filter(name="Ada Young").update(left_date=date(2026, 5, 29))
        with pytest.raises(PeopleRefused, match="Ada Young has left"):
            release_all(request_, by=team.manager)
        _, ben = asked_of(request_)
        answer(request_, (ben, PersonReply.RELEASED, ""), by=team.manager)
        assert Notice.objects.get(account=team.manager).settled_at == SOON

    def test_refuses_people_of_another_request(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        other = make_team(team.cast, name="Stores").ask()
        with pytest.raises(PeopleRefused, match="people of this request"):
            answer(request_, (asked_of(other)[0], PersonReply.RELEASED, ""), by=team.manager)

    def test_refuses_an_answer_before_the_question_or_after_the_days(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        with pytest.raises(PeopleRefused, match="before anybody was asked"):
            release_all(request_, by=team.manager, at=NOW - timedelta(hours=1))
        with pytest.raises(PeopleRefused, match="days are over"):
            release_all(request_, by=team.manager, at=NOW + timedelta(days=12))
        with pytest.raises(PeopleRefused, match="at least one person"):
            answer(request_, by=team.manager)

    def test_lets_a_refusal_stand_on_page_one(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        ada, ben = asked_of(request_)
        answer_for_people(
            request=request_,
            words=[
                Word(requested=ada, reply=PersonReply.REFUSED, reason="Closing week."),
                Word(requested=ben, reply=PersonReply.RELEASED),
            ],
            answered_by=team.manager,
            answered_at=SOON,
            is_caveat=True,
        )
        caveat = Caveat.objects.get(project=team.cast.project)
        assert (caveat.text, caveat.source_noun) == ("Closing week.", "people_request")
