"""Second factors at the doors: signing in with one, without one, and proving it again."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from time_machine import TimeMachineFixture

from governance.choices import SecurityEventKind
from governance.models import ApiToken, SecurityEvent, User
from governance.services.factors import MUST_SET_FACTOR
from tests.factories import NOW, PASSWORD
from tests.factors import code_of, give_app, give_passkey
from tests.governance.services.test_factors import add_passkey
from tests.governance.views.factors.cases import APP, CODES, PASSKEY, kinds, prove, set_up, sign_in

pytestmark = pytest.mark.django_db(transaction=True)
NEW_PASSWORD = "nine herons over the quiet harbour"  # noqa: S105 - a test's own


class TestSignIn:
    def test_leads_whoever_needs_a_factor_to_it_and_nowhere_else(self, partner: User) -> None:
        browser, answer = sign_in(partner)
        assert answer.status_code == 302
        assert browser.session[MUST_SET_FACTOR]
        for where in ("/", "/tokens/", "/imports/", "/accounts/password/change/"):
            assert browser.get(where).headers.get("Location") == reverse("mfa_index"), where
        held = browser.get("/imports/", headers={"HX-Request": "true"})
        assert held["HX-Redirect"] == reverse("mfa_index")
        page = browser.get(reverse("mfa_index")).content.decode()
        assert "needs a second factor" in page
        prove(browser, partner)
        assert set_up(browser).status_code == 302
        assert MUST_SET_FACTOR not in browser.session
        assert browser.get("/tokens/").status_code == 200

    def test_asks_nothing_more_of_whoever_needs_none(self, user: User) -> None:
        browser, _ = sign_in(user)
        assert MUST_SET_FACTOR not in browser.session
        assert browser.get("/tokens/").status_code == 200

    def test_asks_for_the_code_and_takes_it_once_at_every_door(self, user: User) -> None:
        give_app(user)
        code = code_of(user, at=NOW)
        browser, answer = sign_in(user)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert "_auth_user_id" not in browser.session
        where = reverse("mfa_authenticate")
        assert "wrong or was used" in browser.post(where, {"code": "000000"}).content.decode()
        assert SecurityEvent.objects.filter(kind=SecurityEventKind.PROOF_FAILED).count() == 1
        assert browser.post(where, {"code": code}).status_code == 302
        assert "_auth_user_id" in browser.session
        again, _ = sign_in(user)
        assert "wrong or was used" in again.post(where, {"code": code}).content.decode()
        sent = {"password": PASSWORD, "code": code}
        assert browser.post(reverse("account_reauthenticate"), sent).status_code == 200
        wish = {"name": "Export", "scopes": ["READ"], "days": "30", **sent}
        assert browser.post(reverse("governance:token-list"), wish).status_code == 422

    def test_takes_each_recovery_code_once(self, user: User) -> None:
        give_app(user)
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
        for expected in (302, 200):
            browser, _ = sign_in(user)
            answer = browser.post(reverse("mfa_authenticate"), {"code": code})
            assert answer.status_code == expected

    def test_asks_for_the_factor_after_a_new_password_by_mail_too(
        self, user: User, mailoutbox: list[EmailMessage]
    ) -> None:
        give_app(user)
        browser = Client()
        browser.post(reverse("account_reset_password"), {"email": user.email})
        found = re.search(r"/accounts/password/reset/key/\S+", str(mailoutbox[-1].body))
        assert found
        form = browser.get(found[0])["Location"]
        sent = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
        assert browser.post(form, sent).status_code == 302
        assert kinds(user) == {APP}
        answer = browser.post(
            reverse("account_login"), {"login": user.email, "password": NEW_PASSWORD}
        )
        assert answer["Location"] == reverse("mfa_authenticate")


class TestReauthentication:
    @pytest.mark.parametrize(
        "name",
        [
            *("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"),
            *("mfa_view_recovery_codes", "mfa_download_recovery_codes"),
        ],
    )
    def test_is_asked_before_a_factor_is_touched_and_holds_five_minutes(
        self, user: User, name: str, time_machine: TimeMachineFixture
    ) -> None:
        add_passkey(user)
        RecoveryCodes.activate(user)
        browser = Client()
        browser.force_login(user)
        where = reverse(name)
        asked = browser.get(where)
        assert asked.status_code == 302
        assert asked["Location"].startswith("/accounts/2fa/webauthn/reauthenticate/?next=")
        Authenticator.objects.filter(user=user, type=PASSKEY).delete()
        Authenticator.objects.filter(user=user, type=CODES).delete()
        prove(browser, user)
        RecoveryCodes.activate(user)
        assert browser.get(where).status_code == 200
        time_machine.shift(301)
        assert "reauthenticate" in browser.get(where)["Location"]

    def test_takes_no_password_alone_where_there_is_an_app(self, user: User) -> None:
        give_app(user)
        browser = Client()
        browser.force_login(user)
        where = reverse("account_reauthenticate")
        assert browser.post(where, {"password": PASSWORD}).status_code == 200
        assert browser.get(reverse("mfa_reauthenticate"))["Location"] == where
        assert prove(browser, user).status_code == 302

    def test_is_asked_for_a_token_where_a_passkey_is_the_only_factor(self, user: User) -> None:
        add_passkey(user)
        browser = Client()
        browser.force_login(user)
        wish = {"name": "Export", "scopes": ["READ"], "days": "30", "password": PASSWORD}
        answer = browser.post(reverse("governance:token-list"), wish)
        assert answer["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))
        assert PASSWORD not in str(dict(browser.session)), "nothing that was sent is kept"
        assert not ApiToken.objects.exists()

    def test_asks_nobody_for_a_passkey_who_has_none(self, user: User) -> None:
        browser = Client()
        browser.force_login(user)
        where = reverse("mfa_reauthenticate_webauthn")
        assert browser.get(where)["Location"] == reverse("account_reauthenticate")
        give_passkey(user)
        assert browser.get(where).status_code == 200

    def test_gives_the_session_a_new_name(self, user: User) -> None:
        browser = Client()
        browser.force_login(user)
        before = browser.session.session_key
        prove(browser, user)
        assert browser.session.session_key != before

    def test_is_asked_before_the_password_is_changed(self, user: User) -> None:
        give_app(user)
        browser = Client()
        browser.force_login(user)
        where = reverse("account_change_password")
        for answer in (browser.get(where), browser.post(where, {"oldpassword": PASSWORD})):
            assert answer["Location"].startswith(reverse("account_reauthenticate"))
        assert PASSWORD not in str(dict(browser.session))
