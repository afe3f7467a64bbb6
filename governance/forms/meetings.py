"""What people enter about meetings, and what the sponsor writes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import Presence
from governance.forms.caveats import CaveatMixin
from governance.forms.decisions import NOTE
from governance.forms.rows import RowField, RowsField
from governance.models import Meeting, Project, User
from governance.permissions import STATUS_ROLES
from governance.services.expectations import LONGEST_STATEMENT
from governance.services.meetings import Call, Minutes

MINUTE = "%Y-%m-%dT%H:%M"
LONGEST_NOTES = 10_000
HELD, CALLED_OFF = "held", "off"


class MeetingForm(forms.Form):
    """Call a meeting."""

    title = forms.CharField(label=_("What it is called"), max_length=200)
    starts_at = forms.DateTimeField(
        label=_("When it begins"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTE),
        input_formats=[MINUTE, "%Y-%m-%dT%H:%M:%S"],
        help_text=_("In the project's time zone. One that has been can be entered, too."),
    )
    place = forms.CharField(
        label=_("Where"), required=False, max_length=300, help_text=_("A room, or a link.")
    )

    def call(self) -> Call:
        """Return what was entered."""
        return Call(**self.cleaned_data)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who belongs to the steering, and the name of the field that asks about them."""

    account: User
    field: str


class MinutesForm(CaveatMixin, forms.Form):
    """Write what came of a meeting: each member of the steering is asked about by name."""

    caveat_field = "notes"

    was_held = forms.ChoiceField(
        label=_("Did it take place?"),
        choices=[(HELD, _("It took place")), (CALLED_OFF, _("It was called off"))],
        widget=forms.RadioSelect,
    )
    chair = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Who chaired it"),
        empty_label=_("Choose…"),
        help_text=_("Somebody of the client who was there."),
    )
    guests = RowsField(
        queryset=User.objects.none(),
        required=False,
        label=_("Who else was there"),
        widget=forms.CheckboxSelectMultiple,
    )
    notes = forms.CharField(
        label=_("What was said and agreed"),
        required=False,
        max_length=LONGEST_NOTES,
        widget=NOTE,
        help_text=_("Decisions have a place of their own. Called off: say why."),
    )

    def __init__(self, *args: Any, project: Project, meeting: Meeting, **kwargs: Any) -> None:
        """Ask about each member by name, and offer those who take part for the rest."""
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        members = User.objects.holding(STATUS_ROLES, project=project).order_by("name", "pk")
        self.members = [Member(each, f"came_{each.public_id}") for each in members]
        everybody = User.objects.get_queryset().taking_part_in(project).by_name()
        chair, guests = self.fields["chair"], self.fields["guests"]
        chair.queryset = everybody.filter(organisation_id=project.organisation_id)  # type: ignore[attr-defined]
        guests.queryset = everybody.exclude(pk__in=members)  # type: ignore[attr-defined]
        for member in self.members:
            self.fields[member.field] = forms.ChoiceField(
                label=member.account.name,
                choices=Presence.choices,
                required=False,
                widget=forms.RadioSelect,
            )
        asked = [member.field for member in self.members]
        self.order_fields(["was_held", "chair", *asked, "guests", "notes", "is_caveat"])

    def minutes(self, *, agenda: list[dict[str, Any]]) -> Minutes:
        """Return what was entered, with the agenda that stood before the meeting."""
        entered = self.cleaned_data
        came = {
            member.account: entered[member.field]
            for member in self.members
            if entered[member.field]
        }
        came |= dict.fromkeys(entered["guests"], Presence.PRESENT.value)
        return Minutes(
            was_held=entered["was_held"] == HELD,
            chair=entered["chair"],
            notes=entered["notes"],
            attendance=came,
            agenda=agenda,
            is_caveat=entered["is_caveat"],
        )


class StatementForm(forms.Form):
    """Write what the sponsor expects."""

    text = forms.CharField(
        label=_("What you expect, in your own words"),
        max_length=LONGEST_STATEMENT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Everybody who takes part is told, and acknowledges it by name."),
    )
