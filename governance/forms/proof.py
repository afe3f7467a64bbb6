"""The fields by which somebody proves, at the moment of an act, who they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import AuthenticationMethod, SignoffAct, SignoffKind
from governance.services.accounts import DEMO_PASSWORD, Credentials
from governance.services.agreements import WORDING
from governance.services.identity_providers import IdentityProvider
from governance.services.meanings import meaning_of
from governance.services.proving import Ways

LAST = ("password", "code")
OF_SIGNER = ("agreed", *LAST)


class ProofForm(forms.Form):
    """Ask for the password again, and for the authenticator's code where there is one."""

    password = forms.CharField(
        label=gettext_lazy("Your password, again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code from your authenticator"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(
        self, *args: Any, needs_code: bool = False, demo_code: str = "", **kwargs: Any
    ) -> None:
        """Drop the code where the account has no authenticator; in the demo, show both."""
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in LAST), *LAST])
        if not needs_code:
            del self.fields["code"]
        elif demo_code:
            self._show_both(demo_code)

    def _show_both(self, code: str) -> None:
        password = _("Demo only: the password is %(password)s.") % {"password": DEMO_PASSWORD}
        self.fields["password"].help_text = password
        self.fields["code"].help_text = _("Demo only: the code right now is %(code)s.") % {
            "code": code
        }

    def credentials(self) -> Credentials:
        """Return what was typed to prove who it is."""
        return Credentials(self.cleaned_data["password"], self.cleaned_data.get("code", ""))


@dataclass(frozen=True, slots=True)
class Way:
    """One way to prove who signs; `provider` where it is a sign-in there."""

    method: AuthenticationMethod
    provider: IdentityProvider | None = None


class SignerForm(ProofForm):
    """Ask for everything a signature needs besides what is declared.

    The wordings shown go along as their keys; the first time, the agreement that a signature
    binds. Which button was pressed says how the signer proves who it is: password and code
    are needed where it is by them.
    """

    meanings = forms.CharField(max_length=400, widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label=gettext_lazy(WORDING),
        error_messages={"required": gettext_lazy("Agree first that your signature binds you.")},
    )

    def __init__(
        self,
        *args: Any,
        kind: SignoffKind,
        acts: Sequence[SignoffAct],
        ways: Ways,
        **kwargs: Any,
    ) -> None:
        """Offer what the account has; without anything, the password, which is then refused."""
        shown = [meaning_of(act, kind=kind) for act in acts]
        self.sentence = shown[0].shown
        self.ways = ways
        initial = {
            **(kwargs.pop("initial", None) or {}),
            "meanings": " ".join(each.key for each in shown),
        }
        super().__init__(
            *args, needs_code=ways.app, demo_code=ways.demo_code, initial=initial, **kwargs
        )
        if not ways.must_agree:
            del self.fields["agreed"]
        if not ways.app and not ways.are_none:
            del self.fields["password"]
        own = [name for name in self.fields if name not in OF_SIGNER]
        self.order_fields([*own, *OF_SIGNER])

    def clean(self) -> dict[str, Any]:
        """Ask for password and code only where the signer proves who it is by them."""
        entered: dict[str, Any] = super().clean() or {}
        if self.way.method != AuthenticationMethod.PASSWORD_TOTP:
            for name in LAST:
                self.errors.pop(name, None)
                entered.pop(name, None)
        return entered

    @property
    def own_fields(self) -> list[forms.BoundField]:
        """Return the visible fields that say what is declared."""
        return [field for field in self.visible_fields() if field.name not in OF_SIGNER]

    @property
    def own_hidden_fields(self) -> list[forms.BoundField]:
        """Return the hidden fields, the keys of the wordings among them."""
        return self.hidden_fields()

    @property
    def proof_fields(self) -> list[forms.BoundField]:
        """Return the visible fields of agreement and proof."""
        return [field for field in self.visible_fields() if field.name in OF_SIGNER]

    @property
    def way(self) -> Way:
        """Return how the signer wants to prove who it is; what is not offered is not taken."""
        wanted = str(self.data.get("way", ""))
        method, _sep, name = wanted.partition(":")
        for provider in self.ways.providers:
            if (method, name) == (AuthenticationMethod.SINGLE_SIGN_ON, provider.name):
                return Way(AuthenticationMethod.SINGLE_SIGN_ON, provider)
        if self.ways.passkey and method == AuthenticationMethod.PASSKEY:
            return Way(AuthenticationMethod.PASSKEY)
        return self._usual_way()

    def _usual_way(self) -> Way:
        """Return what is meant where no button says otherwise."""
        ways = self.ways
        if ways.app or ways.are_none:
            return Way(AuthenticationMethod.PASSWORD_TOTP)
        if ways.passkey:
            return Way(AuthenticationMethod.PASSKEY)
        return Way(AuthenticationMethod.SINGLE_SIGN_ON, ways.providers[0])

    @property
    def has_agreed(self) -> bool:
        """Say whether the signer agreed here that the signature binds."""
        return bool(self.cleaned_data.get("agreed"))

    def shown_meaning(self, act: str) -> str:
        """Return the key of the wording of an act that the page showed; of none, a wrong one."""
        marked = f".{act}."
        keys = self.cleaned_data["meanings"].split()
        return next((key for key in keys if marked in key), "none")

    def credentials(self) -> Credentials:
        """Return what was typed to prove who it is, and the agreement."""
        entered = self.cleaned_data
        return Credentials(
            entered.get("password", ""), entered.get("code", ""), agreed=self.has_agreed
        )
