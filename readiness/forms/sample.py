"""The form that the page of parts shows."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SampleForm(forms.Form):
    """A form with one field of each kind, to show labels, help and errors."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("One or two sentences."),
        max_length=1000,
        widget=forms.Textarea,
    )
    until = forms.DateField(label=_("Until"))
    control = forms.CharField(label=_("What is done instead"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("A", _("First")), ("B", _("Second"))])
    agreed = forms.BooleanField(label=_("I have read the caveats"))
