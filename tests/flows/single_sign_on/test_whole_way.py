"""From the button to the provider and back, against a provider of others' making."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from governance.choices import SecurityEventKind
from governance.models import SecurityEvent, User
from tests.factories import PASSWORD
from tests.flows.single_sign_on.conftest import (
    Provider,
    at_provider,
    is_signed_in,
    linked,
    named,
    refusals,
    sign_on,
    text_of,
)
from tests.people import Cast

BUTTON = "Sign in with Northwind sign-in"


def knows(provider: Provider, subject: str, account: User, **more: Any) -> None:
    provider.know(subject, **({"email": account.email, "email_verified": True} | more))


class TestSignIn:
    def test_opens_the_linked_account_and_keeps_no_token(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        knows(honest, "s-1", cast.sponsor)
        linked(cast.sponsor, honest, "s-1")
        assert BUTTON in text_of(client.get(reverse("account_login")))
        before = client.session.session_key
        answer = sign_on(client, "s-1", next="/tokens/")
        assert (answer.status_code, answer["Location"]) == (302, "/tokens/")
        assert client.session["_auth_user_id"] == str(cast.sponsor.pk)
        assert client.session.session_key != before
        assert not SocialToken.objects.exists()
        assert SocialAccount.objects.get().extra_data == {}

    def test_opens_each_persons_own_account(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        for subject, account in (("s-1", cast.business_user), ("s-2", cast.auditor)):
            knows(honest, subject, account)
            linked(account, honest, subject)
        sign_on(client, "s-1")
        assert client.session["_auth_user_id"] == str(cast.business_user.pk)
        other = Client()
        sign_on(other, "s-2")
        assert other.session["_auth_user_id"] == str(cast.auditor.pk)
        sign_on(client, "s-2")
        assert client.session["_auth_user_id"] == str(cast.auditor.pk)

    @pytest.mark.parametrize("subject", ["s-1", "somebody.else@example.com"])
    def test_refuses_an_identity_nobody_linked_though_its_email_is_an_accounts(
        self, honest: Provider, cast: Cast, client: Client, subject: str
    ) -> None:
        accounts = User.objects.count()
        knows(honest, subject, cast.sponsor)
        answer = sign_on(client, subject)
        assert answer.status_code == 403
        assert "No account here is linked to this identity" in text_of(answer)
        assert not is_signed_in(client)
        assert User.objects.count() == accounts
        assert not SocialAccount.objects.exists()

    @pytest.mark.parametrize(
        ("claims", "reason", "words"),
        [
            ({"email": "other@example.com"}, "OTHER_EMAIL", "names another e-mail address"),
            ({"email_verified": False}, "UNVERIFIED", "has not verified"),
            ({"email_verified": "false"}, "UNVERIFIED", "has not verified"),
            ({"email": ""}, "NO_EMAIL", "did not say which e-mail"),
            ({"email": ["sponsor@example.com"]}, "NO_EMAIL", "did not say which e-mail"),
        ],
    )
    def test_refuses_an_identity_whose_email_changed_and_changes_nothing(
        self, honest: Provider, cast: Cast, client: Client, claims: Any, reason: str, words: str
    ) -> None:
        linked(cast.sponsor, honest, "s-1")
        before = SocialAccount.objects.values().get()
        knows(honest, "s-1", cast.sponsor, **claims)
        answer = sign_on(client, "s-1")
        assert answer.status_code == 403
        assert words in text_of(answer)
        assert not is_signed_in(client)
        assert refusals(cast.sponsor) == [reason]
        assert SocialAccount.objects.values().get() == before
        email = cast.sponsor.email
        cast.sponsor.refresh_from_db()
        assert cast.sponsor.email == email

    def test_takes_another_spelling_of_the_same_email(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        linked(cast.sponsor, honest, "s-1")
        knows(honest, "s-1", cast.sponsor, email=cast.sponsor.email.upper())
        sign_on(client, "s-1")
        assert is_signed_in(client)

    def test_takes_a_provider_that_says_nothing_of_verifying(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        linked(cast.sponsor, honest, "s-1")
        honest.know("s-1", email=cast.sponsor.email)
        sign_on(client, "s-1")
        assert is_signed_in(client)

    def test_refuses_a_closed_account(self, honest: Provider, cast: Cast, client: Client) -> None:
        linked(cast.sponsor, honest, "s-1")
        knows(honest, "s-1", cast.sponsor)
        User.objects.filter(pk=cast.sponsor.pk).update(is_active=False)
        answer = sign_on(client, "s-1")
        assert answer.status_code == 403
        assert "This account is closed" in text_of(answer)
        assert not is_signed_in(client)
        assert refusals(cast.sponsor) == ["CLOSED"]

    def test_refuses_an_account_of_another_organisation(
        self, honest: Provider, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        linked(cast.sponsor, honest, "s-1")
        knows(honest, "s-1", cast.sponsor)
        settings.IDENTITY_PROVIDERS = [named(honest, organisation=cast.other_client.slug)]
        answer = sign_on(client, "s-1")
        assert answer.status_code == 403
        assert not is_signed_in(client)
        assert refusals(cast.sponsor) == ["OTHER_ORGANISATION"]

    def test_keeps_to_its_own_pages_afterwards(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        linked(cast.sponsor, honest, "s-1")
        knows(honest, "s-1", cast.sponsor)
        assert sign_on(client, "s-1", next="https://elsewhere.example/")["Location"] == "/"


class TestState:
    def test_is_spent_once(self, honest: Provider, cast: Cast, client: Client) -> None:
        linked(cast.business_user, honest, "s-1")
        knows(honest, "s-1", cast.business_user)
        begun = client.post(reverse("governance:sign-on-begin", args=["northwind"]))
        back = at_provider(begun["Location"], "s-1")
        assert client.get(back).status_code == 302
        for browser in (client, Client()):
            again = browser.get(back)
            assert again.status_code == 400
            assert "begun elsewhere, or too long ago" in text_of(again)

    def test_is_of_one_browser(self, honest: Provider, cast: Cast, client: Client) -> None:
        linked(cast.sponsor, honest, "s-1")
        knows(honest, "s-1", cast.sponsor)
        begun = client.post(reverse("governance:sign-on-begin", args=["northwind"]))
        victim = Client()
        answer = victim.get(at_provider(begun["Location"], "s-1"))
        assert answer.status_code == 400
        assert not is_signed_in(victim)

    def test_is_never_the_same_twice_nor_is_what_is_asked_with_it(
        self, honest: Provider, client: Client
    ) -> None:
        address = reverse("governance:sign-on-begin", args=["northwind"])
        asked = [
            parse_qs(urlsplit(client.post(address)["Location"]).query, strict_parsing=True)
            for _ in range(2)
        ]
        for name in ("state", "nonce", "code_challenge"):
            assert len({each[name][0] for each in asked}) == 2
            assert all(len(each[name][0]) >= 43 for each in asked)
        assert asked[0]["code_challenge_method"] == ["S256"]
        assert asked[0]["scope"] == ["openid email"]

    def test_is_not_begun_by_a_link_or_without_the_forms_secret(
        self, honest: Provider, client: Client
    ) -> None:
        address = reverse("governance:sign-on-begin", args=["northwind"])
        assert client.get(address).status_code == 405
        assert Client(enforce_csrf_checks=True).post(address).status_code == 403

    def test_is_refused_where_the_provider_was_refused(
        self, honest: Provider, client: Client
    ) -> None:
        begun = client.post(reverse("governance:sign-on-begin", args=["northwind"]))
        state = parse_qs(urlsplit(begun["Location"]).query)["state"][0]
        finish = reverse("governance:sign-on-finish", args=["northwind"])
        answer = client.get(finish, {"state": state, "error": "access_denied"})
        assert answer.status_code == 403
        assert "The provider did not sign you in" in text_of(answer)


class TestSignInPage:
    def test_shows_no_button_without_a_provider(self, client: Client, db: None) -> None:
        assert "Sign in with" not in text_of(client.get(reverse("account_login"))).replace(
            "Sign in with a passkey", ""
        )
        assert client.post("/accounts/sso/northwind/").status_code == 404
        assert client.get("/accounts/sso/northwind/answer/").status_code == 404

    def test_shows_a_hidden_one_to_whoever_knows_its_organisation(
        self, honest: Provider, cast: Cast, client: Client, settings: LazySettings
    ) -> None:
        settings.IDENTITY_PROVIDERS = [named(honest, hidden=True, organisation=cast.client.slug)]
        page = reverse("account_login")
        assert BUTTON not in text_of(client.get(page))
        assert BUTTON in text_of(client.get(page, {"organisation": cast.client.slug}))
        assert BUTTON not in text_of(client.get(page, {"organisation": "harbour"}))

    @pytest.mark.parametrize("rest", ["", "signup/", "login/error/", "login/cancelled/"])
    def test_offers_none_of_the_pages_that_sign_up(
        self, honest: Provider, client: Client, rest: str
    ) -> None:
        for folder in ("3rdparty", "social", "oidc"):
            assert client.get(f"/accounts/{folder}/{rest}").status_code == 404


class TestLink:
    def test_asks_for_the_password_again_and_then_links(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        knows(honest, "s-1", cast.sponsor)
        client.force_login(cast.sponsor)
        page = reverse("governance:identity-list")
        assert f'href="{page}"' in text_of(client.get(reverse("governance:account-show")))
        assert "Link Northwind sign-in" in text_of(client.get(page))
        asked = client.post(reverse("governance:identity-link", args=["northwind"]))
        assert asked["Location"].startswith(reverse("account_reauthenticate"))
        begun = client.post(asked["Location"], {"password": PASSWORD})
        answer = client.get(at_provider(begun["Location"], "s-1"))
        assert (answer.status_code, answer["Location"]) == (302, page)
        assert "You can sign in with Northwind sign-in now" in text_of(client.get(page))
        kinds = SecurityEvent.objects.filter(account=cast.sponsor).values_list("kind", flat=True)
        assert SecurityEventKind.IDENTITY_LINKED in kinds
        other = Client()
        sign_on(other, "s-1")
        assert is_signed_in(other)

        asked = client.post(
            reverse("governance:identity-unlink", args=[SocialAccount.objects.get().provider])
        )
        assert asked["Location"] == page
        assert not SocialAccount.objects.exists()
        assert client.get(page).status_code == 200
        assert other.get(page).status_code == 302
        assert sign_on(Client(), "s-1").status_code == 403

    def test_is_refused_where_the_email_is_not_the_accounts(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        knows(honest, "s-1", cast.process_owner)
        client.force_login(cast.sponsor)
        asked = client.post(reverse("governance:identity-link", args=["northwind"]))
        begun = client.post(asked["Location"], {"password": PASSWORD})
        answer = client.get(at_provider(begun["Location"], "s-1"))
        assert answer.status_code == 403
        assert not SocialAccount.objects.exists()
        assert refusals(cast.sponsor) == ["OTHER_EMAIL"]

    def test_is_of_the_account_that_asked(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        knows(honest, "s-1", cast.sponsor)
        client.force_login(cast.sponsor)
        asked = client.post(reverse("governance:identity-link", args=["northwind"]))
        begun = client.post(asked["Location"], {"password": PASSWORD})
        back = at_provider(begun["Location"], "s-1")
        session = client.session
        session["_auth_user_id"] = str(cast.process_owner.pk)
        session["_auth_user_hash"] = cast.process_owner.get_session_auth_hash()
        session.save()
        assert client.get(back).status_code == 400
        assert not SocialAccount.objects.exists()

    def test_is_offered_for_the_own_organisation_alone(
        self, honest: Provider, cast: Cast, client: Client
    ) -> None:
        client.force_login(cast.other_sponsor)
        page = text_of(client.get(reverse("governance:identity-list")))
        assert "Northwind" not in page
        assert "no sign-in of its own" in page
        asked = client.post(reverse("governance:identity-link", args=["northwind"]))
        begun = client.post(asked["Location"], {"password": PASSWORD})
        assert begun.status_code == 403
