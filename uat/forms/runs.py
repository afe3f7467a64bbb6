"""What a tester enters about a run."""

from typing import Any

from django import forms
from django.utils.crypto import get_random_string

from uat.choices import ExecutionResult
from uat.services.executions import RunDetails

MINUTE = "%Y-%m-%dT%H:%M"


class RunForm(forms.Form):
    """Say how a run of a scenario ended."""

    result = forms.ChoiceField(
        label="How did it end?", choices=ExecutionResult.choices, widget=forms.RadioSelect
    )
    comment = forms.CharField(
        label="What did you see?",
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Needed when it failed or was blocked.",
    )
    build = forms.CharField(
        label="Build or version you tested", required=False, max_length=60, strip=True
    )
    executed_at = forms.DateTimeField(
        label="When",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"],
    )
    once = forms.RegexField(
        r"^[A-Za-z0-9]{22}$", widget=forms.HiddenInput, initial=lambda: get_random_string(22)
    )

    def run(self, tester_id: int) -> RunDetails:
        """Return the run; the same form sent twice is the same run."""
        entered: dict[str, Any] = dict(self.cleaned_data)
        once = entered.pop("once")
        return RunDetails(**entered, external_id=f"{tester_id}:{once}")
