"""Which requests for people wait, and which were met with silence."""

from datetime import date

import pytest

from governance.choices import PersonReply
from governance.models import ParticipationRequest, Person
from tests.factories import NOW
from tests.participation import Team, answer, asked_of, make_team, release_all

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
LATE = NOW.replace(year=2031)


@pytest.fixture
def team() -> Team:
    return make_team()


@pytest.fixture
def request_(team: Team) -> ParticipationRequest:
    row: ParticipationRequest = team.ask()
    return row


class TestSilentAt:
    """A request is silent from the moment its answer was due, until everybody is answered for."""

    def test_counts_who_was_not_answered_in_time(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        requests = ParticipationRequest.objects.filter(project=team.cast.project)
        assert not requests.filter(pk=request_.pk).silent_at(NOW).exists()
        assert requests.silent_at(LATE).get() == request_
        ada, _ben = asked_of(request_)
        answer(request_, (ada, PersonReply.RELEASED, ""), by=team.manager)
        assert requests.silent_at(LATE).get() == request_
        Person.objects.filter(name="Ben Low").update(left_date=date(2026, 6, 30))
        assert not requests.silent_at(LATE).exists()

    def test_forgets_a_request_that_is_answered(
        self, team: Team, request_: ParticipationRequest
    ) -> None:
        release_all(request_, by=team.manager)
        assert not ParticipationRequest.objects.silent_at(LATE).exists()
