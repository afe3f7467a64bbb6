"""What people enter about an assumption: what it is, what rests on it, an owner's word."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import DependentKind, Ruling
from governance.forms.caveats import CaveatMixin
from governance.forms.decisions import DAY, NOTE, owned_processes
from governance.forms.rows import RowsField
from governance.models import BusinessProcess, Project
from governance.services.assumptions import Guess
from governance.services.dependents import codes_in, known_dependents

LONGEST_CODES = 5000
_BETWEEN = re.compile(r"[,;\n]+")


class RestingForm(forms.Form):
    """Note which scenarios rest on an assumption."""

    scenarios = forms.CharField(
        label=gettext_lazy("Scenarios that rest on it"),
        max_length=LONGEST_CODES,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Their codes, such as 10.20-01. They are done and tested anew if it turns out wrong."
        ),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Look the codes up in the project."""
        super().__init__(*args, **kwargs)
        self.project = project

    def clean_scenarios(self) -> list[str]:
        """Return the codes.

        :raises ValidationError: the project does not know one of them.
        """
        pieces = [piece.strip() for piece in _BETWEEN.split(self.cleaned_data["scenarios"])]
        asked = [*pieces, *codes_in(" ".join(pieces))]
        known = known_dependents(self.project, kind=DependentKind.SCENARIO, codes=asked)
        # a code may have a space in it; what is none as a whole is several
        parted = [[piece] if piece in known else piece.split() for piece in pieces]
        codes = [code for part in parted for code in part]
        unknown = [code for code in codes if code not in known]
        if unknown:
            message = _("This project knows no scenario %(what)s.")
            raise ValidationError(message % {"what": ", ".join(unknown)[:200]})
        return codes


class AssumptionForm(RestingForm):
    """Write an assumption down."""

    statement = forms.CharField(
        label=gettext_lazy("What is assumed, in place of an answer?"), max_length=2000, widget=NOTE
    )
    due_date = forms.DateField(
        label=gettext_lazy("Needs an owner's word by"), required=False, widget=DAY
    )
    blocked = RowsField(
        queryset=BusinessProcess.objects.none(),
        required=False,
        label=gettext_lazy("Processes that wait for it"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = ["statement", "due_date", "scenarios", "blocked"]

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer only processes of the project."""
        super().__init__(*args, project=project, **kwargs)
        self.fields["scenarios"].required = False
        self.fields["blocked"].queryset = owned_processes(project)  # type: ignore[attr-defined]

    def guess(self) -> Guess:
        """Return what was assumed."""
        return Guess(**self.cleaned_data)


class RulingForm(CaveatMixin, forms.Form):
    """Ratify, correct or reject an assumption."""

    caveat_field = "reason"

    ruling = forms.ChoiceField(
        label=gettext_lazy("Your word on it"), choices=Ruling.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=gettext_lazy("What is right instead"),
        max_length=10_000,
        required=False,
        widget=NOTE,
        help_text=gettext_lazy(
            "Needed when you correct or reject it. What rests on it is then tested anew."
        ),
    )
