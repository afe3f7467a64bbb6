"""What somebody writes down for the readers of page one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import NOTE
from governance.services.caveats import LONGEST_CAVEAT


class CaveatForm(forms.Form):
    """Write a caveat."""

    text = forms.CharField(
        label=_("What the reader has to know"),
        widget=NOTE,
        max_length=LONGEST_CAVEAT,
        help_text=_("It stands on page one of gate and report until it is resolved."),
    )
