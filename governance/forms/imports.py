"""What people say about a file they hand in."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import Affiliation
from governance.forms.searching import Narrowing, Search
from governance.imports.columns import Column
from governance.services.imports import AUTO, ORGANISATION_KINDS, Wish

KIND_WORDS = {
    "catalogue": gettext_lazy("Process catalogue and scenarios"),
    "executions": gettext_lazy("Runs of scenarios"),
    "defects": gettext_lazy("Defects"),
    "testers": gettext_lazy("Who tests what"),
    "roster": gettext_lazy("Roster of people"),
    "courses": gettext_lazy("Courses and who needs them"),
    "training": gettext_lazy("Training records"),
    "raid": gettext_lazy("Risks, issues and dependencies"),
    "adr": gettext_lazy("Decision records"),
    "calendar": gettext_lazy("Business calendar"),
    "checklist": gettext_lazy("Go-live checklist"),
    "portfolio": gettext_lazy("Portfolio of projects"),
}
NOT_RECOGNISED = gettext_lazy("Not recognised yet")


def kind_word(kind: str) -> str:
    """Return the reader's word for a kind of import."""
    otherwise = NOT_RECOGNISED if kind in ("", AUTO) else kind.capitalize()
    return str(KIND_WORDS.get(kind, otherwise))


class AgainForm(forms.Form):
    """Import the file of an earlier check, with an answer to what its rows left open."""

    on = forms.DateField(
        label=gettext_lazy("The day of rows that name none"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Since when risks are known, or when a checklist was answered."),
    )
    owners = forms.CharField(
        label=gettext_lazy("Who is meant by the owners in the file"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line: name in the file = e-mail."),
    )
    skip_refused = forms.BooleanField(required=False)

    def clean_on(self) -> str:
        """Return the day as text."""
        day: date | None = self.cleaned_data["on"]
        return day.isoformat() if day else ""

    def clean_owners(self) -> dict[str, str]:
        """Return name -> e-mail, out of lines of `name = e-mail`; `name =` says nothing yet."""
        found = {}
        for line in filter(str.strip, self.cleaned_data["owners"].splitlines()):
            name, sign, email = (part.strip() for part in line.partition("="))
            if name and sign and not email:
                continue
            if not (name and sign and "@" in email):
                message = _("“%(line)s” is not a name, = and an e-mail.")
                raise forms.ValidationError(message % {"line": line.strip()})
            found[name] = email
        return found

    def answers(self) -> dict[str, Any]:
        """Return what was said in answer; what was said before stays."""
        said = self.cleaned_data
        return {name: said[name] for name in ("on", "owners") if said[name]}


class UploadForm(AgainForm):
    """Hand a file in: what it is, how to read it, and whether only to check it."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A table as .xlsx, .csv, .xml or .md, or a .zip of them; up to 50 MB."
        ),
    )
    kind = forms.ChoiceField(label=gettext_lazy("What it holds"))
    dry_run = forms.BooleanField(
        label=gettext_lazy("Only check it: say what would happen and write nothing"),
        required=False,
        initial=True,
    )
    dates = forms.ChoiceField(
        label=gettext_lazy("How 03/04/2026 is to be read"),
        required=False,
        choices=[
            ("", gettext_lazy("Tell from the file")),
            ("dmy", gettext_lazy("3 April")),
            ("mdy", gettext_lazy("4 March")),
        ],
    )
    affiliation = forms.ChoiceField(
        label=gettext_lazy("Testers whom the roster does not know"),
        required=False,
        choices=[
            ("", gettext_lazy("Unknown: never counted")),
            (Affiliation.CLIENT, gettext_lazy("Work for the business")),
            (Affiliation.PARTNER, gettext_lazy("Work for a partner")),
        ],
    )
    starts = forms.CharField(
        label=gettext_lazy("Start dates, where days are counted from a start"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("One a line: name = 2026-10-01."),
    )
    by = forms.EmailField(
        label=gettext_lazy("Who decided or answered, where the file does not say"),
        required=False,
        help_text=gettext_lazy("The e-mail of somebody in the project."),
    )
    skip_refused = forms.BooleanField(
        label=gettext_lazy("Import the rest even when rows are refused"), required=False
    )

    def __init__(self, *args: Any, for_portfolio: bool = False, **kwargs: Any) -> None:
        """Offer the kinds that belong into a project, or the one that makes projects."""
        super().__init__(*args, **kwargs)
        kinds = [
            (kind, kind_word(kind))
            for kind in settings.IMPORT_KINDS
            if (kind in ORGANISATION_KINDS) == for_portfolio
        ]
        first = [] if for_portfolio else [(AUTO, _("Tell from the file"))]
        self.fields["kind"].choices = first + kinds  # type: ignore[attr-defined]

    def clean_starts(self) -> dict[str, str]:
        """Return name -> date as text, out of lines of `name = date`."""
        found = {}
        for line in self.cleaned_data["starts"].splitlines():
            if not line.strip():
                continue
            name, _sign, day = (part.strip() for part in line.partition("="))
            found[name] = _day(day, line)
        return found

    @property
    def upload(self) -> "UploadedFile[bytes]":
        """Return the file that was handed in."""
        handed_in: UploadedFile[bytes] = self.cleaned_data["file"]
        return handed_in

    def wish(self) -> Wish:
        """Return what is to be done with the file."""
        names = ("dates", "affiliation", "starts", "on", "owners", "by", "skip_refused")
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
        message = _("“%(line)s” is not a name, = and a date such as 2026-10-01.")
        raise forms.ValidationError(message % {"line": line.strip()}) from error


class UndoForm(forms.Form):
    """Undo a whole import."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it undone?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It stays in the import's history, with your name."),
    )


class MappingForm(forms.Form):
    """Say for each of our fields which column of the file it is."""

    def __init__(
        self,
        *args: Any,
        columns: Iterable[Column],
        headings: Iterable[Mapping[str, Any]],
        **kwargs: Any,
    ) -> None:
        """Offer every heading of the file, with what stands below it."""
        super().__init__(*args, **kwargs)
        choices = [("", _("Not in this file"))]
        choices += [(each["title"], _with_samples(each)) for each in headings]
        for column in columns:
            self.fields[column.key] = forms.ChoiceField(
                label=_(column.names[0]),
                required=column.required,
                choices=choices,
                error_messages={
                    "required": _("Choose its column: without it no row can be taken.")
                },
            )

    def fields_told(self) -> dict[str, str]:
        """Return our key -> the file's heading."""
        return {key: heading for key, heading in self.cleaned_data.items() if heading}


def _with_samples(heading: Mapping[str, Any]) -> str:
    samples = " · ".join(heading["samples"])
    return f"{heading['title']} ({samples})" if samples else str(heading["title"])


class RefusalSearch(Search):
    """Find refused rows: by words anywhere in them, and by column."""

    q = forms.CharField(
        label=gettext_lazy("Row, value or words"),
        required=False,
        max_length=100,
        widget=forms.SearchInput,
    )
    column = Narrowing(label=gettext_lazy("Column"), everything=gettext_lazy("Every column"))

    def __init__(self, *args: Any, columns: Iterable[str], **kwargs: Any) -> None:
        """Offer the columns in which something was refused."""
        super().__init__(*args, **kwargs)
        self.offer("column", ((name, name) for name in columns))
