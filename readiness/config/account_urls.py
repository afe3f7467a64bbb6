"""Addresses of the sign-in and of one's own second factors; the names are their makers'."""

from allauth.account import views as account
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from governance.views.devices import remembering
from governance.views.factors import (
    ActivateAppView,
    AddPasskeyView,
    FactorsView,
    RemovePasskeyView,
    ReplaceAppView,
    dated,
    download_recovery_codes,
    for_passkeys,
    freshly_proved,
    renewing,
    settling,
    show_recovery_codes,
)
from governance.views.proving import prove_before_password
from governance.views.slowing import (
    code_buckets,
    link_buckets,
    proof_buckets,
    reset_buckets,
    sign_in_buckets,
    slowed,
)

urlpatterns = [
    path("login/", slowed(sign_in_buckets)(account.login), name="account_login"),
    path(
        "password/reset/",
        slowed(reset_buckets, forgives=False)(account.password_reset),
        name="account_reset_password",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        slowed(link_buckets)(remembering(account.password_reset_from_key)),
        name="account_reset_password_from_key",
    ),
    path(
        "reauthenticate/",
        slowed(proof_buckets)(renewing(account.reauthenticate)),
        name="account_reauthenticate",
    ),
    path(
        "password/change/",
        slowed(proof_buckets)(prove_before_password(account.password_change)),
        name="account_change_password",
    ),
    path("2fa/", FactorsView.as_view(), name="mfa_index"),
    path(
        "2fa/authenticate/",
        slowed(code_buckets)(dated(base.authenticate)),
        name="mfa_authenticate",
    ),
    path(
        "2fa/reauthenticate/",
        slowed(proof_buckets)(renewing(base.reauthenticate)),
        name="mfa_reauthenticate",
    ),
    path("2fa/totp/activate/", settling(ActivateAppView.as_view()), name="mfa_activate_totp"),
    path("2fa/totp/replace/", settling(ReplaceAppView.as_view()), name="mfa_replace_totp"),
    path("2fa/totp/deactivate/", settling(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/", freshly_proved(show_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/generate/",
        settling(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "2fa/recovery-codes/download/",
        freshly_proved(download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/add/", settling(AddPasskeyView.as_view()), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        settling(RemovePasskeyView.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        for_passkeys(renewing(passkeys.reauthenticate_webauthn)),
        name="mfa_reauthenticate_webauthn",
    ),
]
