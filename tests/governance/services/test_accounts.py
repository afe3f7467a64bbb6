"""Proving who sits at the keyboard: password, second factor, too many attempts, the demo's code."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock, patch

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.cache import cache
from pytest_django import Settings
from time_machine import TimeMachineFixture

from governance.models import User
from governance.services import throttling
from governance.services.accounts import (
    PASSWORD,
    PASSWORD_TOTP,
    Credentials,
    IdentityNotProved,
    demo_code_of,
    prove_by_app,
    prove_identity,
)
from governance.services.attempts import WRONG_ATTEMPTS_ALLOWED, WRONG_ATTEMPTS_SECONDS
from governance.services.factors import code_at, spend_code
from tests.factories import PASSWORD as RIGHT
from tests.factories import make_organisation, make_user
from tests.factors import SECRET, code_of, give_app

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def user(time_machine: TimeMachineFixture) -> User:
    """Return an account at a fixed moment, with nothing counted against it."""
    time_machine.move_to(AT, tick=False)
    cache.clear()
    throttling._own.clear()
    return make_user(organisation=make_organisation())


class TestProveIdentity:
    def test_takes_the_password_where_there_is_no_authenticator(self, user: User) -> None:
        assert prove_identity(user=user, credentials=Credentials(RIGHT), at=AT) == PASSWORD

    def test_refuses_a_wrong_password(self, user: User) -> None:
        with pytest.raises(IdentityNotProved) as refused:
            prove_identity(user=user, credentials=Credentials("wrong"), at=AT)
        assert refused.value.field == "password"

    def test_refuses_an_account_that_is_switched_off(self, user: User) -> None:
        user.is_active = False
        with pytest.raises(IdentityNotProved):
            prove_identity(user=user, credentials=Credentials(RIGHT), at=AT)

    def test_asks_for_the_code_where_there_is_an_authenticator(self, user: User) -> None:
        give_app(user)
        with pytest.raises(IdentityNotProved) as refused:
            prove_identity(user=user, credentials=Credentials(RIGHT), at=AT)
        assert refused.value.field == "code"
        credentials = Credentials(RIGHT, code_at(SECRET, at=AT))
        proved = prove_identity(user=user, credentials=credentials, at=AT)
        assert proved == PASSWORD_TOTP

    def test_takes_a_code_once(self, user: User) -> None:
        give_app(user)
        credentials = Credentials(RIGHT, code_at(SECRET, at=AT))
        prove_identity(user=user, credentials=credentials, at=AT)
        with pytest.raises(IdentityNotProved, match="used already"):
            prove_identity(user=user, credentials=credentials, at=AT)

    def test_closes_after_five_wrong_attempts_and_opens_again(self, user: User) -> None:
        for _ in range(WRONG_ATTEMPTS_ALLOWED):
            with pytest.raises(IdentityNotProved, match="not your password"):
                prove_identity(user=user, credentials=Credentials("wrong"), at=AT)
        with pytest.raises(IdentityNotProved, match="Too many"):
            prove_identity(user=user, credentials=Credentials(RIGHT), at=AT)
        later = AT + timedelta(seconds=WRONG_ATTEMPTS_SECONDS)
        assert prove_identity(user=user, credentials=Credentials(RIGHT), at=later) == PASSWORD

    def test_closes_where_the_cache_is_away(self, user: User) -> None:
        nothing = Mock(return_value=None)
        with patch.object(throttling, "cache", Mock(add=nothing, incr=nothing, decr=nothing)):
            for _ in range(WRONG_ATTEMPTS_ALLOWED):
                with pytest.raises(IdentityNotProved, match="not your password"):
                    prove_identity(user=user, credentials=Credentials("wrong"), at=AT)
            with pytest.raises(IdentityNotProved, match="Too many"):
                prove_identity(user=user, credentials=Credentials(RIGHT), at=AT)

    def test_does_not_close_for_somebody_else(self, user: User) -> None:
        other = make_user(organisation=user.organisation)
        for _ in range(WRONG_ATTEMPTS_ALLOWED):
            with pytest.raises(IdentityNotProved):
                prove_identity(user=other, credentials=Credentials("wrong"), at=AT)
        assert prove_identity(user=user, credentials=Credentials(RIGHT), at=AT) == PASSWORD

    def test_takes_a_recovery_code_where_it_may(self, user: User) -> None:
        give_app(user)
        codes = RecoveryCodes.activate(user).get_unused_codes()
        with pytest.raises(IdentityNotProved):
            prove_identity(user=user, credentials=Credentials(RIGHT, codes[0]), at=AT)
        again = Credentials(RIGHT, codes[0])
        prove_identity(user=user, credentials=again, at=AT, may_recover=True)
        with pytest.raises(IdentityNotProved, match="used already"):
            prove_identity(user=user, credentials=again, at=AT, may_recover=True)

    def test_counts_a_code_once_across_all_doors(self, user: User) -> None:
        code = code_of(user, at=AT)
        assert spend_code(user=user, code=code, at=AT)
        with pytest.raises(IdentityNotProved, match="used already"):
            prove_identity(user=user, credentials=Credentials(RIGHT, code), at=AT)


class TestProveByApp:
    def test_refuses_a_password_alone(self, user: User) -> None:
        with pytest.raises(IdentityNotProved, match="authenticator app first"):
            prove_by_app(user=user, credentials=Credentials(RIGHT), at=AT)

    def test_takes_password_and_code(self, user: User) -> None:
        credentials = Credentials(RIGHT, code_of(user, at=AT))
        proof = prove_by_app(user=user, credentials=credentials, at=AT)
        assert (proof.account_id, proof.method) == (user.pk, PASSWORD_TOTP)

    def test_takes_no_recovery_code(self, user: User) -> None:
        give_app(user)
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
        with pytest.raises(IdentityNotProved, match="code is wrong"):
            prove_by_app(user=user, credentials=Credentials(RIGHT, code), at=AT)


class TestDemoCodeOf:
    def test_is_shown_in_demo_mode_only(self, user: User, settings: Settings) -> None:
        give_app(user)
        settings.DEMO_MODE, user.is_demo = False, True
        assert demo_code_of(user, at=AT) == ""
        settings.DEMO_MODE, user.is_demo = True, False
        assert demo_code_of(user, at=AT) == "", "a real account in a demo keeps its secret"
        user.is_demo = True
        assert demo_code_of(user, at=AT) == code_at(SECRET, at=AT)

    def test_is_empty_without_an_authenticator(self, user: User, settings: Settings) -> None:
        settings.DEMO_MODE = user.is_demo = True
        assert not Authenticator.objects.filter(user=user).exists()
        assert demo_code_of(user, at=AT) == ""
