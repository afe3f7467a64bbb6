"""Whether and when an account wants the mail of the day, and the link that ends it."""

from datetime import UTC, datetime

import pytest

from governance.models import User
from readiness.models import DigestChoice
from readiness.services.digests import account_of, choose_digest, stop_token, wants_digest
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 6, 1, 7, 0, tzinfo=UTC)


@pytest.fixture
def user() -> User:
    """Return an account."""
    return make_user(organisation=make_organisation())


class TestChooseDigest:
    def test_is_wanted_until_somebody_says_no_and_again_when_they_say_yes(self, user: User) -> None:
        assert wants_digest(user)
        for is_wanted in (True, False, False, True):
            choice = choose_digest(user=user, is_wanted=is_wanted, changed_at=MONDAY)
            assert wants_digest(user) is is_wanted
            assert ("not" in str(choice)) is not is_wanted
        assert DigestChoice.objects.count() == 1


class TestStopToken:
    def test_names_one_account_and_cannot_be_made_up(self, user: User) -> None:
        token = stop_token(user)
        assert account_of(token) == user
        assert account_of(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
        assert account_of(str(user.public_id)) is None
        assert account_of("") is None
