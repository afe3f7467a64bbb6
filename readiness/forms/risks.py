"""What people enter about risks that are to be accepted."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.choices import EXECUTIVE_ROLES, SignoffAct, SignoffKind
from governance.forms.decisions import DAY, NOTE
from governance.forms.proof import SignerForm
from governance.forms.rows import RowField, RowsField
from governance.models import Project, User
from readiness.models import AcceptanceRequest
from readiness.services.requests import Declined, RiskAnswer, RiskWish
from readiness.services.risks import Shown
from uat.models import Scenario

LONGEST_NOTE = 5000
UNTESTED_METRIC = "uat.unsigned_untested"


def executives(project: Project, *, other_than: User) -> Any:
    """Return the client's sponsor and steering members, without the one who asks."""
    return (
        User.objects.filter(
            organisation_id=project.organisation_id,
            is_active=True,
            participations__project=project,
            participations__role__in=EXECUTIVE_ROLES,
            participations__ended_at__isnull=True,
        )
        .exclude(pk=other_than.pk)
        .distinct()
        .order_by("name")
    )


class AskForm(forms.Form):
    """Ask an executive to accept a criterion's miss."""

    criterion = forms.ChoiceField(label=gettext_lazy("Which criterion is missed"))
    reason = forms.CharField(
        label=gettext_lazy("Why go live without it"),
        widget=NOTE,
        max_length=LONGEST_NOTE,
        help_text=gettext_lazy("In the words of the business."),
    )
    control = forms.CharField(
        label=gettext_lazy("What is done instead to keep the risk small"),
        widget=NOTE,
        max_length=LONGEST_NOTE,
    )
    until = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=DAY,
        help_text=gettext_lazy("It stops counting at the end of that day."),
    )
    asked = RowField(
        queryset=User.objects.none(),
        label=gettext_lazy("Who is asked to accept it"),
        empty_label=gettext_lazy("Choose…"),
        help_text=gettext_lazy("The sponsor or a steering member; never the one who asks."),
    )

    def __init__(
        self,
        *args: Any,
        project: Project,
        asker: User,
        criteria: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        """Offer the criteria that are missed, and the executives other than the asker."""
        super().__init__(*args, **kwargs)
        self.fields["criterion"].choices = [("", _("Choose…")), *criteria]  # type: ignore[attr-defined]
        self.fields["asked"].queryset = executives(project, other_than=asker)  # type: ignore[attr-defined]

    def wish(self) -> RiskWish:
        """Return what was asked for."""
        entered = dict(self.cleaned_data)
        gate_key, _, criterion_key = entered.pop("criterion").partition(" ")
        return RiskWish(gate_key=gate_key, criterion_key=criterion_key, **entered)


HASH = r"^[0-9a-f]{64}$"


class RiskForm(SignerForm):
    """Sign something about a risk: what the page had shown goes along as its hash."""

    act = SignoffAct.SIGNED
    evidence_hash = forms.RegexField(HASH, widget=forms.HiddenInput)

    def __init__(self, *args: Any, shown_hash: str, **kwargs: Any) -> None:
        """Take the hash of what is shown along."""
        initial = {**(kwargs.pop("initial", None) or {}), "evidence_hash": shown_hash}
        super().__init__(
            *args, kind=SignoffKind.ACCEPTANCE, acts=[self.act], initial=initial, **kwargs
        )

    def shown(self) -> Shown:
        """Return what had been put before the signer."""
        return Shown(
            shown_hash=self.cleaned_data["evidence_hash"],
            shown_meaning=self.shown_meaning(self.act),
        )


class GrantForm(RiskForm):
    """Accept a risk in person."""

    reason = forms.CharField(
        label=gettext_lazy("Why the business accepts it"), widget=NOTE, max_length=LONGEST_NOTE
    )
    control = forms.CharField(
        label=gettext_lazy("What is done instead to keep the risk small"),
        widget=NOTE,
        max_length=LONGEST_NOTE,
    )
    until = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=DAY,
        help_text=gettext_lazy("It stops counting at the end of that day."),
    )
    scenarios = RowsField(
        queryset=Scenario.objects.none(),
        label=gettext_lazy("Untested scenarios whose risk you take on"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Only the ones you tick are covered."),
    )

    def __init__(self, *args: Any, request: AcceptanceRequest, metric: str, **kwargs: Any) -> None:
        """Start from what was asked for; name scenarios only where the criterion counts them."""
        kwargs["initial"] = {
            "reason": request.reason,
            "control": request.control,
            "until": request.wanted_until_date,
        }
        super().__init__(*args, **kwargs)
        if metric == UNTESTED_METRIC:
            untested = Scenario.objects.filter(project=request.project).in_scope().untested()
            self.fields["scenarios"].queryset = untested.order_by("code")  # type: ignore[attr-defined]
        else:
            del self.fields["scenarios"]

    def answer(self) -> RiskAnswer:
        """Return what was settled on."""
        entered = self.cleaned_data
        until: date = entered["until"]
        return RiskAnswer(
            reason=entered["reason"],
            control=entered["control"],
            until=until,
            shown=self.shown(),
            scenario_ids=[scenario.pk for scenario in entered.get("scenarios", ())],
        )


class DeclineForm(RiskForm):
    """Decline a request in person, with the reason."""

    act = SignoffAct.REFUSED
    reason = forms.CharField(label=gettext_lazy("Why"), widget=NOTE, max_length=LONGEST_NOTE)

    def words(self) -> Declined:
        """Return why, and what had been shown."""
        return Declined(reason=self.cleaned_data["reason"], shown=self.shown())


class EndForm(RiskForm):
    """End an acceptance early in person, with the reason."""

    act = SignoffAct.WITHDRAWN
    reason = forms.CharField(label=gettext_lazy("Why"), widget=NOTE, max_length=LONGEST_NOTE)
