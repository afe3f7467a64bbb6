"""On PostgreSQL: of many who ask for somebody, or answer for somebody, at once one is heard."""

import pytest

from governance.choices import PersonReply
from governance.models import ParticipationRequest, PersonAnswer, RecordEntry
from governance.services.participation import PeopleRefused
from tests.faults.test_concurrency import all_at_once
from tests.participation import answer, asked_of, make_team

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


class TestAskForPeople:
    def test_asks_for_the_same_people_once(self) -> None:
        team = make_team()

        def ask(_: int) -> bool:
            try:
                team.ask()
            except PeopleRefused:
                return False
            return True

        assert sum(all_at_once(ask)) == 1
        assert ParticipationRequest.objects.count() == 1


class TestAnswerForPeople:
    def test_hears_one_of_two_words_on_the_same_person(self) -> None:
        team = make_team()
        request = team.ask()
        ada, _ben = asked_of(request)
        before = RecordEntry.objects.filter(project=team.cast.project).count()

        def say(number: int) -> bool:
            reply = (PersonReply.RELEASED, PersonReply.REFUSED)[number % 2]
            try:
                answer(request, (ada, reply, "Closing week."), by=team.manager)
            except PeopleRefused:
                return False
            return True

        assert sum(all_at_once(say)) == 1
        assert PersonAnswer.objects.filter(requested=ada).count() == 1
        after = RecordEntry.objects.filter(project=team.cast.project).count()
        assert after == before + 1
