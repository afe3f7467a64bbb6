"""What is entered to replace a partner or a consultant, and to hand over what they held."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import DAY, NOTE
from governance.forms.rows import RowField
from governance.models import Decision, Organisation, Project, User
from readiness.services.holdings import Party
from readiness.services.replacements import Parting, Taking

LONGEST_REASON = 5000
LONGEST_KNOWLEDGE = 10_000


class ReplacementForm(forms.Form):
    """Replace a partner, or one consultant of it."""

    partner = RowField(
        queryset=Organisation.objects.none(), label=_("Which partner"), empty_label=_("Choose…")
    )
    consultant = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Which consultant"),
        empty_label=_("The whole partner"),
    )
    leaves_date = forms.DateField(label=_("Last working day"), widget=DAY)
    reason = forms.CharField(label=_("Why"), max_length=LONGEST_REASON, widget=NOTE)
    knowledge = forms.CharField(
        label=_("What only they know"),
        required=False,
        max_length=LONGEST_KNOWLEDGE,
        widget=NOTE,
        help_text=_("One thing a line. What they assumed, asked and own is listed by itself."),
    )
    decision = RowField(
        queryset=Decision.objects.none(),
        required=False,
        label=_("Decided as"),
        empty_label=_("This is the decision"),
        help_text=_("Where the steering decided it before."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's partners and their people, and the decisions that were taken."""
        super().__init__(*args, **kwargs)
        partners = project.partners.order_by("name")
        self.fields["partner"].queryset = partners  # type: ignore[attr-defined]
        taken = Decision.objects.filter(project=project).answered().newest_first()
        self.fields["decision"].queryset = taken  # type: ignore[attr-defined]
        people = User.objects.working_in(project).filter(organisation__in=partners)
        self.fields["consultant"].queryset = people.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a consultant of another partner."""
        entered = super().clean() or {}
        partner, consultant = entered.get("partner"), entered.get("consultant")
        if partner and consultant and consultant.organisation_id != partner.pk:
            self.add_error("consultant", _("Choose somebody of this partner."))
        return entered

    def parting(self) -> Parting:
        """Return who leaves, why and when."""
        entered = self.cleaned_data
        return Parting(
            party=Party(entered["partner"], entered["consultant"]),
            reason=entered["reason"],
            leaves_date=entered["leaves_date"],
            knowledge=tuple(line[:500] for line in entered["knowledge"].splitlines()),
            decision=entered["decision"],
        )


class HandoverForm(forms.Form):
    """Say who takes over what a replaced party held."""

    taken_by = RowField(
        queryset=User.objects.none(), label=_("Who takes it over"), empty_label=_("Choose…")
    )
    note = forms.CharField(
        label=_("What has to be known"), required=False, max_length=LONGEST_REASON, widget=NOTE
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer whoever works in the project."""
        super().__init__(*args, **kwargs)
        workers = User.objects.working_in(project).order_by("name")
        self.fields["taken_by"].queryset = workers  # type: ignore[attr-defined]

    def taking(self) -> Taking:
        """Return who takes it over."""
        return Taking(**self.cleaned_data)
