"""A new password ends what the old one opened; the address stays."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories import PASSWORD, make_organisation, make_user
from tests.wire import Caller

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "another rather long one"  # noqa: S105


class TestAccountAdapter:
    def test_ends_the_tokens_of_the_account_and_of_no_other(self) -> None:
        cache.clear()
        user = make_user(organisation=make_organisation())
        own, others = Caller.of(user), Caller.of(make_user(organisation=user.organisation))
        browser = Client()
        browser.force_login(user)
        answer = browser.post(
            reverse("account_change_password"),
            {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
        )
        assert answer.status_code == 302, answer.content
        user.refresh_from_db()
        assert user.check_password(NEW_PASSWORD)
        assert own.get("caller/").status_code == 401
        assert others.get("caller/").status_code == 200


class TestRefuseNewAddress:
    @pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
    def test_keeps_the_address_that_names_the_account(self, action: str) -> None:
        user = make_user(organisation=make_organisation())
        browser = Client()
        browser.force_login(user)
        assert reverse("account_email") == "/accounts/email/"
        sent = {"email": "somebody.else@example.org", action: ""}
        assert browser.post("/accounts/email/", sent).status_code == 404
        assert browser.get("/accounts/email/").status_code == 404
        before = user.email
        user.refresh_from_db()
        assert user.email == before
        assert not EmailAddress.objects.filter(email=sent["email"]).exists()
