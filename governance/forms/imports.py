"""What people say about a file they hand in."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from governance.choices import Affiliation
from governance.services.imports import AUTO, ORGANISATION_KINDS, Wish

KIND_WORDS = {
    "catalogue": "Process catalogue and scenarios",
    "executions": "Runs of scenarios",
    "defects": "Defects",
    "testers": "Who tests what",
    "roster": "Roster of people",
    "courses": "Courses and who needs them",
    "training": "Training records",
    "portfolio": "Portfolio of projects",
}


def kind_word(kind: str) -> str:
    """Return the reader's word for a kind of import."""
    return KIND_WORDS.get(kind, "Not recognised yet" if kind == AUTO else kind.capitalize())


class UploadForm(forms.Form):
    """Hand a file in: what it is, how to read it, and whether only to check it."""

    file = forms.FileField(
        label="File",
        help_text="A table as .xlsx, .csv or .xml, or a .zip of them; up to 50 MB.",
    )
    kind = forms.ChoiceField(label="What it holds")
    dry_run = forms.BooleanField(
        label="Only check it: say what would happen and write nothing",
        required=False,
        initial=True,
    )
    dates = forms.ChoiceField(
        label="How 03/04/2026 is to be read",
        required=False,
        choices=[("", "Tell from the file"), ("dmy", "3 April"), ("mdy", "4 March")],
    )
    affiliation = forms.ChoiceField(
        label="Testers whom the roster does not know",
        required=False,
        choices=[
            ("", "Unknown: never counted"),
            (Affiliation.CLIENT, "Work for the business"),
            (Affiliation.PARTNER, "Work for a partner"),
        ],
    )
    starts = forms.CharField(
        label="Start dates, where days are counted from a start",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="One a line: name = 2026-10-01.",
    )
    skip_refused = forms.BooleanField(
        label="Import the rest even when rows are refused", required=False
    )

    def __init__(self, *args: Any, for_portfolio: bool = False, **kwargs: Any) -> None:
        """Offer the kinds that belong into a project, or the one that makes projects."""
        super().__init__(*args, **kwargs)
        kinds = [
            (kind, kind_word(kind))
            for kind in settings.IMPORT_KINDS
            if (kind in ORGANISATION_KINDS) == for_portfolio
        ]
        first = [] if for_portfolio else [(AUTO, "Tell from the file")]
        self.fields["kind"].choices = first + kinds  # type: ignore[attr-defined]

    def clean_starts(self) -> dict[str, str]:
        """Return name -> date as text, out of lines of `name = date`."""
        found = {}
        for line in self.cleaned_data["starts"].splitlines():
            if not line.strip():
                continue
            name, _, day = (part.strip() for part in line.partition("="))
            found[name] = _day(day, line)
        return found

    @property
    def upload(self) -> "UploadedFile[bytes]":
        """Return the file that was handed in."""
        handed_in: UploadedFile[bytes] = self.cleaned_data["file"]
        return handed_in

    def wish(self) -> Wish:
        """Return what is to be done with the file."""
        names = ("dates", "affiliation", "starts", "skip_refused")
        entered = self.cleaned_data
        return Wish(
            kind=entered["kind"],
            options={name: entered[name] for name in names if entered[name]},
            dry_run=entered["dry_run"],
        )


def _day(text: str, line: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        message = f"“{line.strip()}” is not a name, = and a date such as 2026-10-01."
        raise forms.ValidationError(message) from error


class AgainForm(forms.Form):
    """Import the file of an earlier check."""

    skip_refused = forms.BooleanField(required=False)
