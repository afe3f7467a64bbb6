"""Somebody invited shows first who they are at the organisation's sign-in."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import Invitation, User
from governance.services.invitations import Wish, invite, secret_of
from tests.factories import make_user
from tests.flows.single_sign_on.conftest import Provider, is_signed_in, named, sign_on, text_of
from tests.people import Cast

EMAIL = "new@mills.example"
NEW = "a wholly new and long passphrase"
BUTTON = "Show first who you are at Northwind sign-in"


@pytest.fixture
def page(cast: Cast) -> str:
    """Return the address of an invitation's page."""
    return link(invited(cast, EMAIL))


def invited(cast: Cast, email: str) -> Invitation:
    admin = make_user(organisation=cast.client, is_administrator=True)
    wish = Wish(name="New One", email=email)
    return invite(wish=wish, invited_by=admin, invited_at=timezone.now())


def link(row: Invitation) -> str:
    return reverse("governance:invitation-accept", args=[secret_of(row)])


def shown(browser: Client, page: str, subject: str = "s-9") -> Any:
    return sign_on(browser, subject, **{"for": "invitation", "next": page})


def accepted(browser: Client, page: str) -> User:
    sent = {"name": "New One", "password": NEW, "password_again": NEW, "again": NEW}
    answer = browser.post(page, sent)
    assert answer.status_code == 302, text_of(answer)
    return User.objects.latest("pk")


class TestInvitation:
    def test_links_the_identity_with_the_account_it_opens(
        self, honest: Provider, client: Client, page: str
    ) -> None:
        honest.know("s-9", email=EMAIL, email_verified=True)
        assert BUTTON in text_of(client.get(page))
        back = shown(client, page)
        assert back["Location"] == page
        assert not is_signed_in(client)
        assert not SocialAccount.objects.exists()
        assert "You are known at Northwind sign-in" in text_of(client.get(page))
        account = accepted(client, page)
        assert SocialAccount.objects.get().user == account
        other = Client()
        sign_on(other, "s-9")
        assert other.session["_auth_user_id"] == str(account.pk)

    @pytest.mark.parametrize(
        "claims",
        [
            {"email": EMAIL},
            {"email": EMAIL, "email_verified": False},
            {"email": "other@mills.example", "email_verified": True},
        ],
        ids=["not said", "unverified", "another"],
    )
    def test_links_nothing_but_the_verified_email_of_the_invitation(
        self, honest: Provider, client: Client, page: str, claims: dict[str, Any]
    ) -> None:
        honest.know("s-9", **claims)
        shown(client, page)
        account = accepted(client, page)
        assert account.email == EMAIL
        assert not SocialAccount.objects.exists()

    def test_links_nothing_of_another_organisations_provider(
        self, honest: Provider, cast: Cast, client: Client, page: str, settings: LazySettings
    ) -> None:
        settings.IDENTITY_PROVIDERS = [named(honest, organisation=cast.other_client.slug)]
        honest.know("s-9", email=EMAIL, email_verified=True)
        assert BUTTON not in text_of(client.get(page))
        shown(client, page)
        accepted(client, page)
        assert not SocialAccount.objects.exists()

    def test_links_nothing_that_was_shown_for_another_invitation_or_too_long_ago(
        self, honest: Provider, cast: Cast, client: Client, page: str
    ) -> None:
        honest.know("s-9", email=EMAIL, email_verified=True)
        shown(client, link(invited(cast, "third@mills.example")))
        late = Client()
        shown(late, page)
        session = late.session
        session["proved_identity"] = {
            **session["proved_identity"],
            "at": timezone.now().timestamp() - timedelta(minutes=11).total_seconds(),
        }
        session.save()
        accepted(late, page)
        assert not SocialAccount.objects.exists()
        assert "proved_identity" not in late.session
