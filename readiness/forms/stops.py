"""What a project manager enters to stop a gate, and whoever ends that."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import NOTE
from governance.forms.delegations import LONGEST_REASON


class StopForm(forms.Form):
    """Stop one gate."""

    gate = forms.ChoiceField(label=_("Gate"))
    reason = forms.CharField(
        label=_("Why"),
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("It stands at the gate and in the report, with your name."),
    )

    def __init__(self, *args: Any, gates: list[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the gates of the project."""
        super().__init__(*args, **kwargs)
        self.fields["gate"].choices = [("", _("Choose…")), *gates]  # type: ignore[attr-defined]


class StopEndForm(forms.Form):
    """Say why a gate is no longer stopped."""

    reason = forms.CharField(
        label=_("Why"),
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("It stands on record with your name."),
    )
