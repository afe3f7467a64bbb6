"""What people enter about risks, issues, dependencies and the calendar."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import CalendarKind, Level, RaidKind, RaidState
from governance.forms.decisions import DAY, NOTE, deciders
from governance.forms.rows import RowField
from governance.forms.searching import Narrowing, Search
from governance.imports.dates import start_of
from governance.models import Project, User
from governance.services.calendar import Days
from governance.services.raid import ProviderWord, RaidEntry, RaidUpdate

OPEN, CLOSED = "open", "closed"
UNRATED = [("", _("Not rated")), *Level.choices]


class RaidForm(forms.Form):
    """Write a risk, an issue or a dependency down."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=RaidKind.choices, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("In one sentence"), max_length=300)
    detail = forms.CharField(
        label=_("What is known"), required=False, max_length=10_000, widget=NOTE
    )
    provider = forms.CharField(
        label=_("Who provides it"),
        required=False,
        max_length=200,
        help_text=_("For a dependency: the bank, the carrier, the tax office."),
    )
    due_date = forms.DateField(label=_("Needed or settled by"), required=False, widget=DAY)
    impact = forms.ChoiceField(label=_("Impact"), required=False, choices=UNRATED)
    probability = forms.ChoiceField(label=_("Probability"), required=False, choices=UNRATED)
    mitigation = forms.CharField(
        label=_("What is done about it"), required=False, max_length=10_000, widget=NOTE
    )
    owner = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Who owns it"),
        empty_label=_("Nobody yet"),
        help_text=_("One person of the client."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the people who take part for the client."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = deciders(project)  # type: ignore[attr-defined]

    def entry(self) -> RaidEntry:
        """Return what was written."""
        return RaidEntry(**self.cleaned_data)


class RaidChangeForm(forms.Form):
    """Say what became of a risk, an issue or a dependency."""

    state = forms.ChoiceField(
        label=_("How it stands"), choices=RaidState.choices, widget=forms.RadioSelect
    )
    owner = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Who owns it"),
        empty_label=_("Leave as it is"),
    )
    note = forms.CharField(label=_("What happened"), max_length=10_000, widget=NOTE)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the people who take part for the client."""
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = deciders(project)  # type: ignore[attr-defined]

    def update(self) -> RaidUpdate:
        """Return what became of it."""
        return RaidUpdate(**self.cleaned_data)


class ConfirmForm(forms.Form):
    """Write down what the provider said."""

    confirmed_by = forms.CharField(
        label=_("Who said so"), max_length=200, help_text=_("The provider's person, by name.")
    )
    promised_date = forms.DateField(label=_("Comes by"), widget=DAY)
    confirmed_date = forms.DateField(
        label=_("Said on"), required=False, widget=DAY, help_text=_("Empty: today.")
    )
    note = forms.CharField(
        label=_("In which words"), required=False, max_length=10_000, widget=NOTE
    )

    def word(self) -> ProviderWord:
        """Return what was said."""
        said = {name: self.cleaned_data[name] for name in ("confirmed_by", "promised_date", "note")}
        return ProviderWord(**said)

    def moment(self, *, now: datetime, project: Project) -> datetime:
        """Return when it was said: now, or the first moment of an earlier day."""
        day: date | None = self.cleaned_data["confirmed_date"]
        zone = ZoneInfo(project.time_zone)
        if day is None or day == now.astimezone(zone).date():
            return now
        return start_of(day, zone=zone)


class CalendarForm(forms.Form):
    """Write days into the calendar."""

    kind = forms.ChoiceField(label=_("What they are"), choices=CalendarKind.choices)
    title = forms.CharField(label=_("Name"), max_length=200)
    from_date = forms.DateField(label=_("From"), widget=DAY)
    to_date = forms.DateField(
        label=_("Until"), required=False, widget=DAY, help_text=_("Empty: that one day.")
    )

    def clean(self) -> dict[str, Any]:
        """Let one day end on itself."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["to_date"] = cleaned.get("to_date") or cleaned.get("from_date")
        return cleaned

    def days(self) -> Days:
        """Return the days."""
        return Days(**self.cleaned_data)


class CalendarEndForm(forms.Form):
    """Take days out of the calendar."""

    reason = forms.CharField(label=_("Why they no longer count"), max_length=2000, widget=NOTE)


@dataclass(frozen=True, slots=True)
class WantedRaid:
    """What somebody looks for; empty words look for every one."""

    closed: bool = False
    words: str = ""
    kind: str = ""
    only: str = ""


class RaidSearch(Search):
    """Look for risks, issues and dependencies; an empty field asks for nothing."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Code or words"), required=False, max_length=100, widget=forms.SearchInput
    )
    kind = Narrowing(label=_("Kind"), everything=_("Every kind"), choices=RaidKind.choices)
    only = Narrowing(
        label=_("Only"),
        everything=_("Every one"),
        choices=[
            ("mine", _("What I own")),
            ("unowned", _("Owned by nobody")),
            ("overdue", _("Overdue")),
            ("severe", _("High impact")),
            ("unconfirmed", _("Dependencies not confirmed")),
            ("stale", _("Not confirmed within seven days")),
        ],
    )

    def wanted(self) -> WantedRaid:
        """Return what is looked for; what makes no sense is not looked for."""
        kept = self.kept()
        return WantedRaid(
            closed=kept.get("show", OPEN) != OPEN,
            words=kept.get("q", ""),
            kind=kept.get("kind", ""),
            only=kept.get("only", ""),
        )
