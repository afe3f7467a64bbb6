"""Doing a thing once under a key."""

from unittest.mock import patch

import pytest

from governance.models import IdempotencyKey, User
from governance.services.idempotency import Answer, KeyReused, answer_once
from tests.factories import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]


@pytest.fixture
def user() -> User:
    return make_user(organisation=make_organisation())


class Counter:
    """Count how often something was done."""

    def __init__(self) -> None:
        self.done = 0

    def act(self) -> Answer:
        self.done += 1
        return Answer(201, f"done {self.done}")


class TestAnswerOnce:
    def test_acts_once_and_repeats_the_answer(self, user: User) -> None:
        counter = Counter()
        first = answer_once(user=user, key="k", request_hash="a", act=counter.act)
        again = answer_once(user=user, key="k", request_hash="a", act=counter.act)
        assert (first.body, again.body, counter.done) == ("done 1", "done 1", 1)
        assert (first.is_repeat, again.is_repeat) == (False, True)

    def test_refuses_the_key_for_anything_else(self, user: User) -> None:
        counter = Counter()
        answer_once(user=user, key="k", request_hash="a", act=counter.act)
        with pytest.raises(KeyReused):
            answer_once(user=user, key="k", request_hash="b", act=counter.act)
        assert counter.done == 1

    def test_keeps_the_keys_of_accounts_apart(self, user: User) -> None:
        counter, other = Counter(), make_user(organisation=user.organisation)
        answer_once(user=user, key="k", request_hash="a", act=counter.act)
        answer_once(user=other, key="k", request_hash="b", act=counter.act)
        assert counter.done == 2

    def test_keeps_nothing_when_acting_fails(self, user: User) -> None:
        def fail() -> Answer:
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            answer_once(user=user, key="k", request_hash="a", act=fail)
        assert not IdempotencyKey.objects.exists()

    def test_repeats_when_another_sender_was_faster(self, user: User) -> None:
        counter = Counter()
        answer_once(user=user, key="k", request_hash="a", act=counter.act)
        with patch.object(type(IdempotencyKey.objects.all()), "exists", return_value=False):
            again = answer_once(user=user, key="k", request_hash="a", act=counter.act)
        assert (again.body, again.is_repeat, counter.done) == ("done 1", True, 1)
