"""What people enter about the project manager's powers, and how the project is led."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.choices import Power, Role
from governance.forms.decisions import DAY, NOTE, deciders
from governance.forms.delegations import LONGEST_REASON, WITHIN_REACH
from governance.forms.rows import RowField
from governance.models import Charter, Project, User
from governance.services.assessments import Answers
from governance.services.charters import Powers
from governance.services.overrulings import Told


def managing(project: Project) -> Any:
    """Return the client's accounts that manage the project now, by name."""
    return User.objects.holding([Role.PROJECT_MANAGER], project=project).by_name()


class _OfManager(forms.Form):
    """Ask which project manager it is about, and offer the only one."""

    project_manager = RowField(
        queryset=User.objects.none(), label=_("Project manager"), empty_label=_("Choose…")
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer only those who hold the role."""
        found = managing(project)
        only = found.first() if len(found) == 1 else None
        kwargs["initial"] = {"project_manager": only, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["project_manager"].queryset = found  # type: ignore[attr-defined]


class CharterForm(_OfManager):
    """Say which powers the project manager is to have."""

    powers = forms.MultipleChoiceField(
        label=_("Powers to grant"),
        choices=Power.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is not ticked is withheld, and shown as withheld."),
    )
    withheld_reason = forms.CharField(
        label=_("Why a power is withheld"),
        required=False,
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("Needed where one is; it is printed with the charter."),
    )

    def __init__(self, *args: Any, project: Project, newest: Charter | None, **kwargs: Any) -> None:
        """Begin with what the newest version says; with every power where there is none."""
        begin: dict[str, Any] = {"powers": [str(power) for power in Power]}
        if newest is not None:
            begin = {
                "powers": [str(power) for power in newest.granted],
                "withheld_reason": newest.withheld_reason,
            }
        super().__init__(*args, project=project, initial=begin, **kwargs)

    def wanted(self) -> Powers:
        """Return who is to have which powers."""
        entered = self.cleaned_data
        return Powers(
            project_manager=entered["project_manager"],
            granted=frozenset(map(Power, entered["powers"])),
            withheld_reason=entered["withheld_reason"],
        )


class OverrulingForm(_OfManager):
    """Write down that the project manager was overruled."""

    what = forms.CharField(
        label=_("What the project manager had said or done"),
        widget=NOTE,
        max_length=LONGEST_REASON,
    )
    overruled_by = RowField(
        queryset=User.objects.none(), label=_("Who overruled it"), empty_label=_("Choose…")
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("In the words of whoever overruled. It is printed with the report."),
    )
    power = forms.ChoiceField(
        label=_("Which power it touches"),
        required=False,
        choices=[("", _("None of the four")), *Power.choices],
    )
    overruled_on = forms.DateField(label=_("On"), widget=DAY, validators=WITHIN_REACH)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the client's people."""
        super().__init__(*args, project=project, **kwargs)
        self.fields["overruled_by"].queryset = deciders(project)  # type: ignore[attr-defined]

    def told(self, *, at: datetime) -> Told:
        """Return what was written; today is now, another day its beginning."""
        entered = dict(self.cleaned_data)
        day = entered.pop("overruled_on")
        is_today = day == at.astimezone(timezone.get_current_timezone()).date()
        begins = timezone.make_aware(datetime.combine(day, time.min))
        return Told(**entered, overruled_at=at if is_today else begins)


def _number(label: Any, *, most: int, help_text: Any) -> forms.IntegerField:
    limits = [MinValueValidator(0), MaxValueValidator(most)]
    return forms.IntegerField(label=label, validators=limits, help_text=help_text)


class AssessmentForm(_OfManager):
    """Answer five plain questions about who leads."""

    erp_upgrades = _number(
        _("ERP upgrades led or co-led before this one"), most=50, help_text=_("0 for the first.")
    )
    time_percent = _number(
        _("Share of the working week for this project"), most=100, help_text=_("In percent.")
    )
    workstreams = _number(
        _("Workstreams led at the same time"),
        most=100,
        help_text=_("In this project and in any other."),
    )
    sponsor_hours = _number(
        _("Hours with the sponsor in a usual month"),
        most=200,
        help_text=_("Talking about this project, one to one."),
    )
    has_office = forms.TypedChoiceField(
        label=_("Does somebody keep plan, minutes and lists for the project manager?"),
        choices=[("", _("Choose…")), ("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
    )
    note = forms.CharField(
        label=_("What would help most"), required=False, widget=NOTE, max_length=LONGEST_REASON
    )

    def answers(self) -> Answers:
        """Return what was answered."""
        entered = dict(self.cleaned_data)
        entered.pop("project_manager")
        return Answers(**entered)
