"""What people enter about owners and the go-live date."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import DAY, deciders
from governance.forms.rows import RowField
from governance.models import Decision, Project, User
from governance.services.ownership import Appointment


class AppointmentForm(forms.Form):
    """Name the owner and the deputy of a process."""

    owner = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Owner"),
        empty_label=_("Nobody"),
        help_text=_("One named person of the client; a partner's account cannot own."),
    )
    deputy = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Deputy"),
        empty_label=_("Nobody"),
        help_text=_("Signs and rules when the owner is away."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the people who take part for the client."""
        super().__init__(*args, **kwargs)
        for name in ("owner", "deputy"):
            self.fields[name].queryset = deciders(project)  # type: ignore[attr-defined]

    def appointment(self) -> Appointment:
        """Return who was named."""
        return Appointment(self.cleaned_data["owner"], self.cleaned_data["deputy"])


class GoLiveForm(forms.Form):
    """Move the go-live date by a decision that has an outcome."""

    decision = RowField(
        queryset=Decision.objects.none(),
        label=_("The decision that moves it"),
        empty_label=_("Choose…"),
        help_text=_("Only decisions that have been decided are listed."),
    )
    go_live_date = forms.DateField(label=_("New go-live date"), widget=DAY)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's decided decisions."""
        super().__init__(*args, **kwargs)
        decided = Decision.objects.filter(project=project).answered()
        self.fields["decision"].queryset = decided.distinct().order_by("-raised_at")  # type: ignore[attr-defined]
