"""What a sponsor enters to let somebody sign in an owner's place."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import DAY, NOTE, owned_processes
from governance.forms.rows import RowField
from governance.models import BusinessProcess, Project, User
from governance.services.delegations import SIGNING_ROLES, Mandate

LONGEST_REASON = 2000
WITHIN_REACH = (MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31)))
"""What a calendar of moments can hold in every zone."""


class DelegationForm(forms.Form):
    """Let somebody sign for one process, from a day until another."""

    process = RowField(
        queryset=BusinessProcess.objects.none(), label=_("Process"), empty_label=_("Choose…")
    )
    delegate = RowField(
        queryset=User.objects.none(),
        label=_("Who may sign"),
        empty_label=_("Choose…"),
        help_text=_("Somebody else of the client who works in the project."),
    )
    starts_on = forms.DateField(label=_("From"), widget=DAY, validators=WITHIN_REACH)
    ends_on = forms.DateField(
        label=_("Until"),
        widget=DAY,
        validators=WITHIN_REACH,
        help_text=_("That day is the last one; sixty days are the most."),
    )
    reason = forms.CharField(
        label=_("Why"),
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("It stands on record with your name."),
    )

    def __init__(self, *args: Any, project: Project, sponsor: User, **kwargs: Any) -> None:
        """Offer the project's processes, and the people who take part besides the sponsor."""
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = owned_processes(project)  # type: ignore[attr-defined]
        self.fields["delegate"].queryset = _signers(project, but=sponsor)  # type: ignore[attr-defined]

    def mandate(self, *, at: datetime) -> Mandate:
        """Return who may sign and when, in whole days of the zone in force; today begins now."""
        entered = self.cleaned_data
        starts_at = _midnight(entered["starts_on"])
        is_today = entered["starts_on"] == at.astimezone(timezone.get_current_timezone()).date()
        return Mandate(
            delegate=entered["delegate"],
            starts_at=at if is_today else starts_at,
            ends_at=_midnight(entered["ends_on"] + timedelta(days=1)),
            reason=entered["reason"],
        )


def _signers(project: Project, *, but: User) -> Any:
    """Return the client's accounts that could sign in the project, without one."""
    return (
        User.objects.filter(
            organisation_id=project.organisation_id,
            is_active=True,
            participations__project=project,
            participations__role__in=SIGNING_ROLES,
            participations__ended_at__isnull=True,
        )
        .exclude(pk=but.pk)
        .distinct()
        .order_by("name")
    )


class DelegationEndForm(forms.Form):
    """Say why somebody no longer signs in an owner's place."""

    reason = forms.CharField(label=_("Why"), widget=NOTE, max_length=LONGEST_REASON)


def _midnight(day: date) -> datetime:
    """Return the beginning of a day in the zone in force."""
    return timezone.make_aware(datetime.combine(day, time.min))
