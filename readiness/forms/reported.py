"""What people report by hand: figures of metrics, and how they see the project."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.decisions import NOTE
from governance.readings import ReadingKind
from governance.services.caveats import LONGEST_CAVEAT
from readiness.choices import ReportedColour
from readiness.services.reporting import ColourReport, Report
from uat.forms.runs import MINUTE

LONGEST_NOTE = 5000
YES, NO = "1", "0"
WHOLE = "PROJECT"
UNIT_WORDS = {
    ReadingKind.COUNT: gettext_lazy("How many"),
    ReadingKind.DAYS: gettext_lazy("Days"),
    ReadingKind.MONEY: gettext_lazy("Amount"),
    ReadingKind.RATIO: gettext_lazy("Ratio"),
    ReadingKind.SCORE: gettext_lazy("Score"),
}


class MetricForm(forms.Form):
    """Report one metric: done of due, a value, or yes or no, as its kind demands."""

    done = forms.IntegerField(label=gettext_lazy("Done"), min_value=0)
    due = forms.IntegerField(label=gettext_lazy("Of how many due"), min_value=1)
    value = forms.DecimalField(label=gettext_lazy("Value"), max_digits=16, decimal_places=4)
    answer = forms.ChoiceField(
        label=gettext_lazy("Is it so?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))],
        widget=forms.RadioSelect,
    )
    source_system = forms.CharField(
        label=gettext_lazy("Where the figure comes from"),
        max_length=100,
        help_text=gettext_lazy("The system, the list or the person that knows it."),
    )
    reported_at = forms.DateTimeField(
        label=gettext_lazy("When it was true"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, widget=NOTE, max_length=LONGEST_NOTE
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        """Keep the fields that the kind of metric asks for."""
        super().__init__(*args, **kwargs)
        wanted = {ReadingKind.SHARE: {"done", "due"}, ReadingKind.YES_NO: {"answer"}}
        kept = wanted.get(ReadingKind(kind), {"value"})
        for name in {"done", "due", "value", "answer"} - kept:
            del self.fields[name]
        if "value" in kept:
            self.fields["value"].label = UNIT_WORDS.get(ReadingKind(kind), _("Value"))

    def report(self, metric: str) -> Report:
        """Return what was reported."""
        entered: dict[str, Any] = dict(self.cleaned_data)
        answer = entered.pop("answer", None)
        if answer is not None:
            entered["value"] = Decimal(answer)
        return Report(metric=metric, **entered)


class ResolveForm(forms.Form):
    """Say what became of a caveat."""

    reason = forms.CharField(
        label=gettext_lazy("What became of it"),
        widget=NOTE,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("It leaves page one with this sentence, and stays on record."),
    )


class StatusForm(forms.Form):
    """Report how somebody sees the project or one gate."""

    gate_key = forms.ChoiceField(label=gettext_lazy("What you report on"))
    colour = forms.ChoiceField(
        label=gettext_lazy("Your colour"),
        choices=[
            (value, label)
            for value, label in ReportedColour.choices
            if value != ReportedColour.NOT_REPORTED
        ],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("It is shown beside the computed verdict and never replaces it."),
    )
    note = forms.CharField(
        label=gettext_lazy("In a sentence or two"),
        required=False,
        widget=NOTE,
        max_length=LONGEST_NOTE,
    )
    caveat = forms.CharField(
        label=gettext_lazy("Caveat"),
        required=False,
        widget=NOTE,
        max_length=LONGEST_CAVEAT,
        help_text=gettext_lazy("A reservation that has to stand on page one until it is settled."),
    )

    def __init__(self, *args: Any, gates: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """Offer the project and its gates."""
        super().__init__(*args, **kwargs)
        self.fields["gate_key"].choices = [(WHOLE, _("The whole project")), *gates]  # type: ignore[attr-defined]

    def report(self, *, reported_at: Any) -> ColourReport:
        """Return what was reported."""
        entered = dict(self.cleaned_data)
        if entered["gate_key"] == WHOLE:
            entered["gate_key"] = ""
        return ColourReport(reported_at=reported_at, **entered)
