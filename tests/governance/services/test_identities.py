"""An identity is linked once, to one account, by its owner; an e-mail links nothing."""

from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from governance.choices import IdentityRefusal, SecurityEventKind
from governance.models import SecurityEvent, User
from governance.services.identities import (
    IdentityRefused,
    account_of_identity,
    identities_of,
    link_identity,
    unlink_identity,
)
from governance.services.identity_providers import Claims, IdentityProvider
from tests.factories import make_organisation, make_user
from tests.wire import Caller

pytestmark = [pytest.mark.django_db, pytest.mark.both_engines]
AT = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


def provider_for(user: User, **changed: Any) -> IdentityProvider:
    words: dict[str, Any] = {
        "name": "northwind",
        "issuer": "https://login.example.com",
        "client_id": "gate",
        "client_secret": "only for tests",
        "label": "Northwind",
        "organisation": user.organisation.slug,
    }
    return IdentityProvider(**(words | changed))


def claims_of(user: User, subject: str = "s-1", **changed: Any) -> Claims:
    words: dict[str, Any] = {"subject": subject, "email": user.email, "verified": True}
    return Claims(**(words | changed))


@pytest.fixture
def user() -> User:
    return make_user(organisation=make_organisation())


def kinds(user: User) -> list[str]:
    return list(
        SecurityEvent.objects.filter(account=user).order_by("pk").values_list("kind", flat=True)
    )


class TestLinkIdentity:
    def test_keeps_issuer_and_subject_and_nothing_else(self, user: User) -> None:
        provider = provider_for(user)
        link_identity(account=user, provider=provider, claims=claims_of(user))
        kept = SocialAccount.objects.get()
        assert (kept.user, kept.provider, kept.uid) == (user, provider.provider_id, "s-1")
        assert kept.extra_data == {}
        assert kinds(user) == [SecurityEventKind.IDENTITY_LINKED]
        found = account_of_identity(claims_of(user), provider=provider, signed_in_at=AT)
        assert found == user
        assert identities_of(user)[0].used_at == AT

    def test_may_be_repeated(self, user: User) -> None:
        for _ in range(2):
            link_identity(account=user, provider=provider_for(user), claims=claims_of(user))
        assert kinds(user) == [SecurityEventKind.IDENTITY_LINKED]

    def test_refuses_a_second_identity_of_a_provider(self, user: User) -> None:
        link_identity(account=user, provider=provider_for(user), claims=claims_of(user))
        with pytest.raises(IdentityRefused) as refusal:
            link_identity(account=user, provider=provider_for(user), claims=claims_of(user, "s-2"))
        assert refusal.value.reason == IdentityRefusal.ALREADY_LINKED
        assert SocialAccount.objects.get().uid == "s-1"

    def test_refuses_an_identity_of_somebody_else(self, user: User) -> None:
        other = make_user(organisation=user.organisation)
        link_identity(account=other, provider=provider_for(user), claims=claims_of(other))
        with pytest.raises(IdentityRefused) as refusal:
            link_identity(account=user, provider=provider_for(user), claims=claims_of(user))
        assert refusal.value.reason == IdentityRefusal.LINKED_ELSEWHERE
        assert SocialAccount.objects.get().user == other

    @pytest.mark.parametrize(
        ("changed", "claimed", "reason"),
        [
            ({"organisation": "another"}, {}, "OTHER_ORGANISATION"),
            ({}, {"email": "other@example.com"}, "OTHER_EMAIL"),
            ({}, {"email": ""}, "NO_EMAIL"),
            ({}, {"verified": False}, "UNVERIFIED"),
        ],
    )
    def test_refuses_what_does_not_fit(
        self, user: User, changed: dict[str, Any], claimed: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(IdentityRefused) as refusal:
            link_identity(
                account=user,
                provider=provider_for(user, **changed),
                claims=claims_of(user, **claimed),
            )
        assert refusal.value.reason == reason
        assert not SocialAccount.objects.exists()
        event = SecurityEvent.objects.get(account=user)
        assert event.kind == SecurityEventKind.SINGLE_SIGN_ON_REFUSED
        assert event.terms == {"provider": "Northwind", "reason": reason}


class TestAccountOfIdentity:
    def test_knows_a_subject_of_one_issuer_alone(self, user: User) -> None:
        link_identity(account=user, provider=provider_for(user), claims=claims_of(user))
        elsewhere = provider_for(user, issuer="https://login.example.com/")
        for provider, subject in ((elsewhere, "s-1"), (provider_for(user), "S-1")):
            with pytest.raises(IdentityRefused) as refusal:
                account_of_identity(claims_of(user, subject), provider=provider, signed_in_at=AT)
            assert refusal.value.reason == IdentityRefusal.UNKNOWN


class TestUnlinkIdentity:
    def test_ends_tokens_and_other_sessions(self, user: User) -> None:
        provider = provider_for(user)
        link_identity(account=user, provider=provider, claims=claims_of(user))
        token = Caller.of(user)
        browser = Client()
        browser.force_login(user)
        assert unlink_identity(
            account=user, provider_id=provider.provider_id, label="Northwind", unlinked_at=AT
        )
        assert not SocialAccount.objects.exists()
        assert token.get("caller/").status_code == 401
        assert browser.get("/tokens/").status_code == 302
        assert SecurityEventKind.IDENTITY_UNLINKED in kinds(user)

    def test_keeps_the_only_way_in(self, user: User) -> None:
        provider = provider_for(user)
        link_identity(account=user, provider=provider, claims=claims_of(user))
        user.set_unusable_password()
        user.save(update_fields=["password"])
        with pytest.raises(IdentityRefused) as refusal:
            unlink_identity(
                account=user, provider_id=provider.provider_id, label="", unlinked_at=AT
            )
        assert refusal.value.reason == IdentityRefusal.LAST_WAY_IN
        assert SocialAccount.objects.exists()

    def test_reaches_no_identity_of_somebody_else(self, user: User) -> None:
        provider = provider_for(user)
        link_identity(account=user, provider=provider, claims=claims_of(user))
        other = make_user(organisation=user.organisation)
        assert not unlink_identity(
            account=other, provider_id=provider.provider_id, label="", unlinked_at=AT
        )
        assert SocialAccount.objects.exists()


class TestIdentityProvider:
    def test_shows_its_secret_nowhere(self, user: User) -> None:
        assert "only for tests" not in repr(provider_for(user))
