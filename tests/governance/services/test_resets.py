"""Resetting a lost second factor: who may, what ends, and how long nothing is signed."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from governance.choices import Scope, SecurityEventKind
from governance.models import ApiToken, AuthenticatorReset, Job, SecurityEvent, User
from governance.services.administering import AdministrationRefused
from governance.services.resets import (
    HOLD,
    SigningHeld,
    refuse_while_held,
    reset_authenticators,
)
from governance.services.tokens import make_token
from tests.factories import NOW, make_user
from tests.people import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def admin(cast: Cast) -> User:
    return make_user(organisation=cast.client, name="Admin", is_administrator=True)


def reset(cast: Cast, admin: User, reason: str = "Lost the phone; I saw her.") -> None:
    reset_authenticators(account=cast.sponsor, reset_by=admin, reason=reason, reset_at=NOW)


class TestResetAuthenticators:
    def test_removes_factors_and_tokens_and_leaves_the_rest(self, cast: Cast, admin: User) -> None:
        for kind in Authenticator.Type:
            Authenticator.objects.create(user=cast.sponsor, type=kind, data={})
        make_token(
            user=cast.sponsor,
            name="BI",
            scopes=[Scope.READ],
            expires_at=NOW + timedelta(days=3),
            made_at=NOW,
        )
        before = User.objects.filter(pk=cast.sponsor.pk).values("password", "email").get()
        reset(cast, admin)
        assert not Authenticator.objects.filter(user=cast.sponsor).exists()
        assert ApiToken.objects.get().revoked_at == NOW
        assert User.objects.filter(pk=cast.sponsor.pk).values("password", "email").get() == before
        row = AuthenticatorReset.objects.get()
        assert (row.account, row.reset_by, row.holds_until) == (cast.sponsor, admin, NOW + HOLD)

    def test_tells_the_account_and_the_log(self, cast: Cast, admin: User) -> None:
        reset(cast, admin)
        row = AuthenticatorReset.objects.get()
        assert Job.objects.get(kind="letter").payload == {
            "letter": "reset",
            "row": str(row.public_id),
        }
        event = SecurityEvent.objects.get(kind=SecurityEventKind.AUTHENTICATOR_RESET)
        assert (event.account, event.actor) == (cast.sponsor, admin)

    def test_is_for_another_administrator_of_the_own_organisation(
        self, cast: Cast, admin: User
    ) -> None:
        strangers = [
            make_user(organisation=cast.partner, is_administrator=True),
            make_user(organisation=cast.other_client, is_administrator=True),
            cast.project_manager,
        ]
        for stranger in strangers:
            with pytest.raises(AdministrationRefused):
                reset(cast, stranger)
        with pytest.raises(AdministrationRefused, match="themselves"):
            reset_authenticators(account=admin, reset_by=admin, reason="Mine", reset_at=NOW)
        assert not AuthenticatorReset.objects.exists()

    def test_needs_a_reason_and_an_open_account(self, cast: Cast, admin: User) -> None:
        with pytest.raises(AdministrationRefused) as refused:
            reset(cast, admin, " ")
        assert refused.value.field == "reason"
        User.objects.filter(pk=cast.sponsor.pk).update(is_active=False)
        with pytest.raises(AdministrationRefused, match="closed"):
            reset(cast, admin)


class TestRefuseWhileHeld:
    def test_says_by_whom_and_until_when(self, cast: Cast, admin: User) -> None:
        refuse_while_held(cast.sponsor, at=NOW)
        reset(cast, admin)
        with pytest.raises(SigningHeld, match=r"by Admin on 1 Jun 2026.* from 2 Jun 2026"):
            refuse_while_held(cast.sponsor, at=NOW + HOLD - timedelta(seconds=1))
        refuse_while_held(cast.sponsor, at=NOW + HOLD)
        refuse_while_held(cast.process_owner, at=NOW)
