"""What people report by hand: figures of metrics, and how they see the project."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from governance.forms.decisions import NOTE
from governance.readings import ReadingKind
from readiness.choices import ReportedColour
from readiness.services.reporting import ColourReport, Report
from uat.forms.runs import MINUTE

YES, NO = "1", "0"
WHOLE = "PROJECT"
UNIT_WORDS = {
    ReadingKind.COUNT: "How many",
    ReadingKind.DAYS: "Days",
    ReadingKind.MONEY: "Amount",
    ReadingKind.RATIO: "Ratio",
    ReadingKind.SCORE: "Score",
}


class MetricForm(forms.Form):
    """Report one metric: done of due, a value, or yes or no, as its kind demands."""

    done = forms.IntegerField(label="Done", min_value=0)
    due = forms.IntegerField(label="Of how many due", min_value=1)
    value = forms.DecimalField(label="Value", max_digits=16, decimal_places=4)
    answer = forms.ChoiceField(
        label="Is it so?", choices=[(YES, "Yes"), (NO, "No")], widget=forms.RadioSelect
    )
    source_system = forms.CharField(
        label="Where the figure comes from",
        max_length=100,
        help_text="The system, the list or the person that knows it.",
    )
    reported_at = forms.DateTimeField(
        label="When it was true",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"],
    )
    note = forms.CharField(label="Note", required=False, widget=NOTE)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Keep the fields that the kind of metric asks for."""
        super().__init__(*args, **kwargs)
        wanted = {ReadingKind.SHARE: {"done", "due"}, ReadingKind.YES_NO: {"answer"}}
        kept = wanted.get(ReadingKind(kind), {"value"})
        for name in {"done", "due", "value", "answer"} - kept:
            del self.fields[name]
        if "value" in kept:
            self.fields["value"].label = UNIT_WORDS.get(ReadingKind(kind), "Value")

    def report(self, metric: str) -> Report:
        """Return what was reported."""
        entered: dict[str, Any] = dict(self.cleaned_data)
        answer = entered.pop("answer", None)
        if answer is not None:
            entered["value"] = Decimal(answer)
        return Report(metric=metric, **entered)


class StatusForm(forms.Form):
    """Report how somebody sees the project or one gate."""

    gate_key = forms.ChoiceField(label="What you report on")
    colour = forms.ChoiceField(
        label="Your colour",
        choices=[
            (value, label)
            for value, label in ReportedColour.choices
            if value != ReportedColour.NOT_REPORTED
        ],
        widget=forms.RadioSelect,
        help_text="It is shown beside the computed verdict and never replaces it.",
    )
    note = forms.CharField(label="In a sentence or two", required=False, widget=NOTE)
    caveat = forms.CharField(
        label="Caveat",
        required=False,
        widget=NOTE,
        help_text="A reservation that has to stand on page one until it is settled.",
    )

    def __init__(self, *args: Any, gates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the project and its gates."""
        super().__init__(*args, **kwargs)
        self.fields["gate_key"].choices = [(WHOLE, "The whole project"), *gates]  # type: ignore[attr-defined]

    def report(self, *, reported_at: Any) -> ColourReport:
        """Return what was reported."""
        entered = dict(self.cleaned_data)
        if entered["gate_key"] == WHOLE:
            entered["gate_key"] = ""
        return ColourReport(reported_at=reported_at, **entered)
