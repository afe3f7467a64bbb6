"""What somebody types, or lets a device say, about second factors."""

from typing import Any

from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from governance.models import User
from governance.services.accounts import (
    Credentials,
    IdentityNotProved,
    prove_code,
    prove_identity,
)
from governance.services.factors import has_second_factor
from governance.services.sealing import seal, unseal

LONGEST_NAME = 80
CODE = {"autocomplete": "one-time-code", "inputmode": "numeric"}


def code_field(help_text: Any = "") -> forms.CharField:
    """Return the field for a code of an authenticator app."""
    return forms.CharField(
        label=_("Your code"), max_length=20, help_text=help_text, widget=forms.TextInput(attrs=CODE)
    )


class _SpendsCode(forms.Form):
    """Take a code of the authenticator app or a recovery code, each of them once."""

    user: User
    code = code_field(_("From your authenticator app, or one of your recovery codes."))

    def clean_code(self) -> str:
        """Spend the code.

        :raises ValidationError: wrong or used before.
        """
        code: str = self.cleaned_data["code"]
        try:
            self.authenticator = prove_code(user=self.user, code=code, at=context.request.asked_at)
        except IdentityNotProved as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return code


class SignInCodeForm(_SpendsCode, AuthenticateForm):  # type: ignore[misc]
    """Ask for the code after the password."""


class AgainCodeForm(_SpendsCode, ReauthenticateForm):  # type: ignore[misc]
    """Ask an account without a password of its own for the code again."""


class PasswordAndCodeForm(forms.Form):
    """Ask for password and code again before the account's own settings are touched."""

    password = forms.CharField(
        label=_("Your password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = code_field(_("From your authenticator app, or one of your recovery codes."))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Drop the code where the account has no second factor."""
        super().__init__(*args, **kwargs)
        self.user = user
        if not has_second_factor(user):
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        """Check what was typed, once both fields are filled in."""
        entered: dict[str, Any] = super().clean() or {}
        if self.errors:
            return entered
        credentials = Credentials(entered["password"], entered.get("code", ""))
        try:
            prove_identity(
                user=self.user,
                credentials=credentials,
                at=context.request.asked_at,
                may_recover=True,
            )
        except IdentityNotProved as refusal:
            self.add_error(refusal.field or None, str(refusal))
        return entered


class ActivateAppForm(ActivateTOTPForm):  # type: ignore[misc]
    """Try the first code of a new authenticator app."""

    code = code_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        """Draw a new secret for each fresh page; it waits sealed in the session."""
        forms.Form.__init__(self, *args, **kwargs)
        self.user = user
        session = context.request.session
        kept = session.get(SECRET_SESSION_KEY) if self.is_bound else None
        self.secret = unseal(kept) if kept else generate_totp_secret()
        if not kept:
            session[SECRET_SESSION_KEY] = seal(self.secret)


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """Name a passkey that the device has just made; each of them can sign in."""

    name = forms.CharField(
        label=_("Name of the passkey"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Such as: my work laptop."),
    )
    passwordless = None


class PasskeyNameForm(EditWebAuthnForm):  # type: ignore[misc]
    """Name a passkey anew."""

    name = forms.CharField(label=_("Name of the passkey"), max_length=LONGEST_NAME)
