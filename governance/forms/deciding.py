"""Decide, and offer ways to decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.forms.caveats import CaveatMixin
from governance.forms.decisions import NOTE
from governance.forms.rows import RowField
from governance.models import Decision, DecisionOption, Meeting
from governance.services.decisions import Answer
from governance.services.options import Choice


class OutcomeForm(CaveatMixin, forms.Form):
    """Decide."""

    caveat_field = "reason"

    option = RowField(
        queryset=DecisionOption.objects.none(),
        required=False,
        blank=True,
        label=gettext_lazy("Your decision"),
        empty_label=gettext_lazy("Something else: say what"),
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(
        label=gettext_lazy("What is decided"), required=False, max_length=10_000, widget=NOTE
    )
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=10_000, widget=NOTE)
    meeting = RowField(
        queryset=Meeting.objects.none(),
        required=False,
        label=gettext_lazy("Taken in a meeting"),
        empty_label=gettext_lazy("No"),
    )
    field_order = ["option", "outcome", "reason", "is_caveat", "meeting"]

    def __init__(self, *args: Any, decision: Decision, meetings: Any, **kwargs: Any) -> None:
        """Offer the options of the question, and the meetings it may have been decided in."""
        super().__init__(*args, **kwargs)
        options = DecisionOption.objects.filter(decision=decision, project=decision.project_id)
        self._offer("option", options.order_by("position"))
        self._offer("meeting", meetings)
        if "option" in self.fields:
            self.fields["outcome"].label = _("In other words, or with conditions")
        else:
            self.fields["outcome"].required = True

    def _offer(self, name: str, rows: Any) -> None:
        if rows:
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any] | None:
        """Ask for an option, or for other words."""
        cleaned = super().clean()
        entered = self.cleaned_data
        said = (entered.get("outcome") or "").strip()
        if "option" in self.fields and not (entered.get("option") or said):
            self.add_error("outcome", _("Choose one of the options, or say what is decided."))
        return cleaned

    def answer(self) -> Answer:
        """Return what is decided."""
        entered = self.cleaned_data
        return Answer(
            outcome=entered["outcome"],
            reason=entered["reason"],
            option=entered.get("option"),
            meeting=entered.get("meeting"),
            is_caveat=entered["is_caveat"],
        )


class OptionForm(forms.Form):
    """Offer one more way to decide."""

    title = forms.CharField(label=gettext_lazy("What would be done"), max_length=300)
    consequence = forms.CharField(
        label=gettext_lazy("What that brings"),
        required=False,
        max_length=10_000,
        widget=NOTE,
        help_text=gettext_lazy("Cost, time, risk, what else changes."),
    )
    is_recommended = forms.BooleanField(
        label=gettext_lazy("This is the one I recommend"), required=False
    )

    def choice(self) -> Choice:
        """Return the way that is offered."""
        return Choice(**self.cleaned_data)
