"""Which requests for people wait, and which were met with silence."""

from datetime import date, datetime, timedelta

import pytest

from governance.choices import PersonReply
from governance.models import ParticipationRequest, Person
from tests.factories import EARLY, NOW, make_person, make_project
from tests.participation import make_asked

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
DUE = EARLY + timedelta(days=2)
DURING = EARLY + timedelta(days=30)


def silent(at: datetime = DURING) -> bool:
    return ParticipationRequest.objects.silent_at(at).exists()


@pytest.fixture
def person() -> Person:
    return make_person(project=make_project())


class TestSilentAt:
    """A request is silent from the moment its answer was due, as long as one can be given."""

    def test_counts_who_was_not_answered_in_time(self, person: Person) -> None:
        make_asked(person=person)
        assert not silent(DUE - timedelta(minutes=1))
        assert silent(DUE)
        assert silent(DURING)

    def test_forgets_who_left_the_roster(self, person: Person) -> None:
        make_asked(person=person)
        Person.objects.filter(pk=person.pk).update(left_date=date(2026, 1, 10))
        assert not silent()

    def test_forgets_a_request_that_is_answered(self, person: Person) -> None:
        make_asked(person=person, replies=[PersonReply.REFUSED], answered_at=DURING)
        assert silent(DURING - timedelta(minutes=1))
        assert not silent(DURING)

    def test_forgets_a_request_whose_days_are_over(self, person: Person) -> None:
        make_asked(person=person)
        assert not silent(NOW)
