"""The form that the page of parts shows."""

from django import forms


class SampleForm(forms.Form):
    """A form with one field of each kind, to show labels, help and errors."""

    reason = forms.CharField(
        label="Reason", help_text="One or two sentences.", widget=forms.Textarea
    )
    until = forms.DateField(label="Until")
    control = forms.CharField(label="What is done instead", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("A", "First"), ("B", "Second")])
    agreed = forms.BooleanField(label="I have read the caveats")
