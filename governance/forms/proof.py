"""The fields by which somebody proves, at the moment of an act, who they are."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.services.accounts import DEMO_PASSWORD, Credentials

LAST = ("password", "code")


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
