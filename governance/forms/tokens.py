"""What somebody says about a new API token."""

from typing import Any

from django import forms

from governance.choices import Scope
from governance.forms.proof import ProofForm

LIVES = [("30", "30 days"), ("90", "90 days"), ("365", "A year")]


class TokenForm(ProofForm):
    """Name a token, say what it may do and for how long, and prove who asks."""

    name = forms.CharField(
        label="Where is it used?", max_length=100, help_text="Such as: nightly export to the BI."
    )
    scopes = forms.MultipleChoiceField(
        label="What may it do?",
        choices=[(Scope.READ, "Read what you may see"), (Scope.PUSH, "Push facts in your name")],
        widget=forms.CheckboxSelectMultiple,
        initial=[Scope.READ],
    )
    days = forms.ChoiceField(label="How long does it hold?", choices=LIVES, initial="90")

    def terms(self) -> dict[str, Any]:
        """Return the token's name, its scopes and the days it holds."""
        cleaned = self.cleaned_data
        return {
            "name": cleaned["name"],
            "scopes": cleaned["scopes"],
            "days": int(cleaned["days"]),
        }
