"""Proving who sits at the keyboard: password, second factor, too many attempts, the demo's code."""

from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.models import User
from governance.services.accounts import (
    PASSWORD,
    PASSWORD_TOTP,
    WRONG_ATTEMPTS_ALLOWED,
    Credentials,
    IdentityNotProved,
    demo_code_of,
    prove_identity,
)
from tests.factories import PASSWORD as RIGHT
from tests.factories import make_organisation, make_user

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 - a test's own


@pytest.fixture
def user(time_machine: TimeMachineFixture) -> User:
    """Return an account at a fixed moment, with nothing counted against it."""
    time_machine.move_to(AT, tick=False)
    cache.clear()
    return make_user(organisation=make_organisation())


def code_at(moment: datetime) -> str:
    """Return what an authenticator with SECRET shows."""
    return str(format_hotp_value(hotp_value(SECRET, int(moment.timestamp()) // 30)))


class TestProveIdentity:
    def test_takes_the_password_where_there_is_no_authenticator(self, user: User) -> None:
        assert prove_identity(user=user, credentials=Credentials(RIGHT)) == PASSWORD

    def test_refuses_a_wrong_password(self, user: User) -> None:
        with pytest.raises(IdentityNotProved) as refused:
            prove_identity(user=user, credentials=Credentials("wrong"))
        assert refused.value.field == "password"

    def test_refuses_an_account_that_is_switched_off(self, user: User) -> None:
        user.is_active = False
        with pytest.raises(IdentityNotProved):
            prove_identity(user=user, credentials=Credentials(RIGHT))

    def test_asks_for_the_code_where_there_is_an_authenticator(self, user: User) -> None:
        TOTP.activate(user, SECRET)
        with pytest.raises(IdentityNotProved) as refused:
            prove_identity(user=user, credentials=Credentials(RIGHT))
        assert refused.value.field == "code"
        proved = prove_identity(user=user, credentials=Credentials(RIGHT, code_at(AT)))
        assert proved == PASSWORD_TOTP

    def test_takes_a_code_once(self, user: User) -> None:
        TOTP.activate(user, SECRET)
        credentials = Credentials(RIGHT, code_at(AT))
        prove_identity(user=user, credentials=credentials)
        with pytest.raises(IdentityNotProved, match="used already"):
            prove_identity(user=user, credentials=credentials)

    def test_closes_after_five_wrong_attempts_and_opens_again(
        self, user: User, time_machine: TimeMachineFixture
    ) -> None:
        for _ in range(WRONG_ATTEMPTS_ALLOWED):
            with pytest.raises(IdentityNotProved, match="not your password"):
                prove_identity(user=user, credentials=Credentials("wrong"))
        with pytest.raises(IdentityNotProved, match="Too many"):
            prove_identity(user=user, credentials=Credentials(RIGHT))
        time_machine.shift(301)
        assert prove_identity(user=user, credentials=Credentials(RIGHT)) == PASSWORD

    def test_does_not_close_for_somebody_else(self, user: User) -> None:
        other = make_user(organisation=user.organisation)
        for _ in range(WRONG_ATTEMPTS_ALLOWED):
            with pytest.raises(IdentityNotProved):
                prove_identity(user=other, credentials=Credentials("wrong"))
        assert prove_identity(user=user, credentials=Credentials(RIGHT)) == PASSWORD


class TestDemoCodeOf:
    def test_is_shown_in_demo_mode_only(self, user: User, settings: Settings) -> None:
        TOTP.activate(user, SECRET)
        settings.DEMO_MODE, user.is_demo = False, True
        assert demo_code_of(user, at=AT) == ""
        settings.DEMO_MODE, user.is_demo = True, False
        assert demo_code_of(user, at=AT) == "", "a real account in a demo keeps its secret"
        user.is_demo = True
        assert demo_code_of(user, at=AT) == code_at(AT)

    def test_is_empty_without_an_authenticator(self, user: User, settings: Settings) -> None:
        settings.DEMO_MODE = user.is_demo = True
        assert not Authenticator.objects.filter(user=user).exists()
        assert demo_code_of(user, at=AT) == ""
