"""What an executive enters about who takes which kind of decision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import DecisionKind
from governance.forms.decisions import NOTE, deciders, owned_processes
from governance.forms.delegations import LONGEST_REASON
from governance.forms.rows import RowField
from governance.models import BusinessProcess, Project, User
from governance.services.handovers import Handing
from governance.services.rights import Before, Grant


class RightForm(forms.Form):
    """Name who takes a kind of decision."""

    kind = forms.ChoiceField(
        label=_("Kind of decision"), choices=[("", _("Choose…")), *DecisionKind.choices]
    )
    process = RowField(
        queryset=BusinessProcess.objects.none(),
        required=False,
        label=_("Process"),
        empty_label=_("Every process without a decider of its own"),
    )
    decider = RowField(
        queryset=User.objects.none(),
        label=_("Who decides"),
        empty_label=_("Choose…"),
        help_text=_("One person of the client; a partner's account advises."),
    )
    before = forms.ChoiceField(
        label=_("If somebody decides this already"),
        required=False,
        choices=[
            ("", _("Nobody does")),
            (Before.ENDS.name, _("That ends: the new decider takes over")),
            (Before.STAYS.name, _("Both claim it: list them as double deciders")),
        ],
    )
    reason = forms.CharField(
        label=_("Why it changes hands"),
        required=False,
        widget=NOTE,
        max_length=LONGEST_REASON,
        help_text=_("Needed where somebody no longer decides."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the project's processes and the client's people."""
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = owned_processes(project)  # type: ignore[attr-defined]
        self.fields["decider"].queryset = deciders(project)  # type: ignore[attr-defined]

    def grant(self) -> Grant:
        """Return what was entered."""
        entered = self.cleaned_data
        before = Before[entered["before"]] if entered["before"] else Before.UNSAID
        return Grant(
            kind=DecisionKind(entered["kind"]),
            decider=entered["decider"],
            process=entered["process"],
            before=before,
            reason=entered["reason"],
        )


class RightEndForm(forms.Form):
    """Say why somebody no longer takes a kind of decision."""

    reason = forms.CharField(label=_("Why"), widget=NOTE, max_length=LONGEST_REASON)


class HandOverForm(forms.Form):
    """Hand everything that somebody holds to somebody else."""

    giver = RowField(
        queryset=User.objects.none(), label=_("Who hands over"), empty_label=_("Choose…")
    )
    taker = RowField(
        queryset=User.objects.none(),
        label=_("Who takes it"),
        empty_label=_("Choose…"),
        help_text=_("Every process and every decision right; what was, stays on record."),
    )
    reason = forms.CharField(label=_("Why"), widget=NOTE, max_length=LONGEST_REASON)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer who holds something here, and who could take it."""
        super().__init__(*args, **kwargs)
        holders = User.objects.holding_places_in(project).by_name()
        self.fields["giver"].queryset = holders  # type: ignore[attr-defined]
        self.fields["taker"].queryset = deciders(project)  # type: ignore[attr-defined]

    def handing(self) -> Handing:
        """Return what was entered."""
        return Handing(**self.cleaned_data)
