"""The pages of second factors: set up, replaced, removed, and what each change ends."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse

from governance.choices import SecurityEventKind
from governance.models import User
from governance.services.factors import code_at
from tests.factories import NOW
from tests.factors import SECRET, give_app
from tests.governance.services.test_factors import add_passkey
from tests.governance.views.factors.cases import (
    APP,
    CODES,
    PASSKEY,
    at_home,
    kinds,
    noted,
    secret_on,
    set_up,
)
from tests.wire import Caller

pytestmark = pytest.mark.django_db(transaction=True)


class TestAuthenticatorApp:
    def test_is_set_up_sealed_and_its_first_code_is_spent(self, user: User) -> None:
        browser = at_home(user)
        secret = secret_on(browser)
        assert secret not in str(dict(browser.session)), "it waits sealed"
        code = code_at(secret, at=NOW)
        answer = browser.post(reverse("mfa_activate_totp"), {"code": code})
        assert answer["Location"] == reverse("mfa_view_recovery_codes")
        held = Authenticator.objects.get(user=user, type=APP)
        assert secret not in str(held.data)
        assert held.data["spent"] == int(NOW.timestamp()) // 30
        assert kinds(user) == {APP, CODES}
        added = SecurityEventKind.AUTHENTICATOR_ADDED
        assert noted(user) == [(added, APP), (added, CODES)]

    def test_is_not_set_up_by_a_wrong_code(self, user: User) -> None:
        browser = at_home(user)
        secret = secret_on(browser)
        page = browser.post(reverse("mfa_activate_totp"), {"code": "000000"}).content.decode()
        assert "That code is wrong" in page
        assert secret in page, "the picture that was scanned still holds"
        assert not kinds(user)

    def test_ends_other_sessions_and_tokens(self, user: User) -> None:
        caller, elsewhere, browser = Caller.of(user), at_home(user), at_home(user)
        before = browser.session.session_key
        set_up(browser)
        assert browser.session.session_key != before
        assert browser.get("/tokens/").status_code == 200
        assert elsewhere.get("/tokens/").status_code == 302
        assert caller.get("caller/").status_code == 401

    def test_is_replaced_in_one_step(self, partner: User) -> None:
        old = give_app(partner)
        browser = at_home(partner)
        assert browser.post(reverse("mfa_replace_totp"), {"code": "000000"}).status_code == 200
        assert Authenticator.objects.get(user=partner, type=APP) == old
        assert set_up(browser, "mfa_replace_totp").status_code == 302
        assert Authenticator.objects.get(user=partner, type=APP) != old
        kinds_noted = [kind for kind, _ in noted(partner)]
        assert kinds_noted[0] == SecurityEventKind.AUTHENTICATOR_REMOVED

    def test_is_removed_by_whoever_needs_none(self, user: User) -> None:
        give_app(user)
        RecoveryCodes.activate(user)
        browser = at_home(user)
        assert browser.get(reverse("mfa_deactivate_totp")).status_code == 200
        assert kinds(user) == {APP, CODES}, "looking removes nothing"
        assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert not kinds(user)

    def test_is_kept_as_the_last_factor_of_whoever_needs_one(self, partner: User) -> None:
        give_app(partner)
        browser = at_home(partner)
        page = browser.post(reverse("mfa_deactivate_totp")).content.decode()
        assert "Your account needs a second factor" in page
        assert kinds(partner) == {APP}
        add_passkey(partner)
        assert browser.post(reverse("mfa_deactivate_totp")).status_code == 302
        assert kinds(partner) == {PASSKEY}


class TestPasskeys:
    def test_asks_the_device_to_verify_its_holder(self, user: User) -> None:
        options = at_home(user).get(reverse("mfa_add_webauthn")).context["js_data"]
        asked = options["creation_options"]["publicKey"]["authenticatorSelection"]
        assert asked["userVerification"] == "required"
        assert asked["residentKey"] == "required"

    def test_refuses_what_no_device_made(self, user: User) -> None:
        browser = at_home(user)
        browser.get(reverse("mfa_add_webauthn"))
        sent = {"name": "x", "credential": '{"id": "AA", "rawId": "AA", "type": "public-key"}'}
        assert browser.post(reverse("mfa_add_webauthn"), sent).status_code == 200
        answer = browser.post(reverse("mfa_login_webauthn"), {"credential": "{}"})
        assert answer.status_code == 302
        assert not kinds(user)

    def test_is_kept_as_the_last_factor_of_whoever_needs_one(self, partner: User) -> None:
        key = add_passkey(partner)
        give_app(partner)
        browser = at_home(partner)
        Authenticator.objects.filter(user=partner, type=APP).delete()
        where = reverse("mfa_remove_webauthn", args=[key.pk])
        assert browser.get(where).status_code == 200
        answer = browser.post(where, follow=True).content.decode()
        assert "Your account needs a second factor" in answer
        assert kinds(partner) == {PASSKEY}
        other = add_passkey(partner)
        assert browser.post(where).status_code == 302
        assert Authenticator.objects.get(user=partner, type=PASSKEY) == other

    def test_of_somebody_else_is_not_there(self, user: User, partner: User) -> None:
        key = add_passkey(partner)
        browser = at_home(user)
        for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
            assert browser.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404

    def test_is_listed_and_renamed(self, user: User) -> None:
        key = add_passkey(user)
        give_app(user)
        browser = at_home(user)
        sent = {"name": "Desk <b>phone</b>"}
        assert browser.post(reverse("mfa_edit_webauthn", args=[key.pk]), sent).status_code == 302
        page = browser.get(reverse("mfa_list_webauthn")).content.decode()
        assert "Desk &lt;b&gt;phone" in page
        assert noted(user) == []


class TestRecoveryCodes:
    def test_are_shown_and_handed_out_without_a_write(self, user: User) -> None:
        give_app(user)
        held = RecoveryCodes.activate(user).instance
        browser = at_home(user)
        codes = held.wrap().get_unused_codes()
        page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
        assert all(code in page for code in codes)
        file = browser.get(reverse("mfa_download_recovery_codes"))
        assert file.content.decode().split() == codes
        assert "attachment" in file["Content-Disposition"]
        assert Authenticator.objects.get(pk=held.pk).data == held.data

    def test_are_made_anew(self, user: User) -> None:
        give_app(user)
        old = RecoveryCodes.activate(user).get_unused_codes()
        caller = Caller.of(user)
        browser = at_home(user)
        assert browser.post(reverse("mfa_generate_recovery_codes")).status_code == 302
        page = browser.get(reverse("mfa_view_recovery_codes")).content.decode()
        assert not any(code in page for code in old)
        assert caller.get("caller/").status_code == 401

    def test_need_a_factor_that_they_stand_in_for(self, user: User) -> None:
        browser = at_home(user)
        page = browser.post(reverse("mfa_generate_recovery_codes")).content.decode()
        assert "Recovery codes come with a second factor" in page
        assert browser.get(reverse("mfa_view_recovery_codes")).status_code == 404
        assert SECRET not in page
