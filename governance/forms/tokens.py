"""What somebody says about a new API token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import Scope
from governance.forms.proof import ProofForm

LIVES = [("30", _("30 days")), ("90", _("90 days")), ("365", _("A year"))]


class TokenForm(ProofForm):
    """Name a token, say what it may do and for how long, and prove who asks."""

    name = forms.CharField(
        label=_("Where is it used?"),
        max_length=100,
        help_text=_("Such as: nightly export to the BI."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("What may it do?"),
        choices=[
            (Scope.READ, _("Read what you may see")),
            (Scope.PUSH, _("Push facts in your name")),
        ],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    days = forms.ChoiceField(label=_("How long does it hold?"), choices=LIVES, initial="90")

    def terms(self) -> dict[str, Any]:
        """Return the token's name, its scopes and the days it holds."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "scopes": cleaned["scopes"],
            "days": int(cleaned["days"]),
        }
