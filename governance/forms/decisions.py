"""What people enter about decisions and assumptions."""

from typing import Any

from django import forms
from django.db.models import F

from governance.choices import Ruling
from governance.forms.rows import RowsField
from governance.models import BusinessProcess, Project, User
from governance.services.decisions import Guess, Question

DAY = forms.DateInput(attrs={"type": "date"})
NOTE = forms.Textarea(attrs={"rows": 4})


def owned_processes(project: Project) -> Any:
    """Return the processes in scope at the level that is owned and signed."""
    return BusinessProcess.objects.filter(
        project=project, accountable=F("pk"), in_scope=True
    ).order_by("code")


def deciders(project: Project) -> Any:
    """Return the client's accounts that take part in the project."""
    return (
        User.objects.filter(
            organisation_id=project.organisation_id,
            is_active=True,
            participations__project=project,
            participations__ended_at__isnull=True,
        )
        .distinct()
        .order_by("name")
    )


class _Blocking(forms.Form):
    """Ask what waits for an answer."""

    blocked = RowsField(
        queryset=BusinessProcess.objects.none(),
        required=False,
        label="Processes that wait for it",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer only processes of the project."""
        super().__init__(*args, **kwargs)
        self.fields["blocked"].queryset = owned_processes(project)  # type: ignore[attr-defined]


class DecisionForm(_Blocking):
    """Raise a decision."""

    title = forms.CharField(
        label="What has to be decided?", max_length=300, help_text="As one question."
    )
    detail = forms.CharField(label="What is known so far", required=False, widget=NOTE)
    decider = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label="Who decides",
        empty_label="Nobody named yet: an executive",
        help_text="One person of the client.",
    )
    due_date = forms.DateField(label="Needed by", required=False, widget=DAY)
    blocks_go_live = forms.BooleanField(label="Go-live cannot happen without it", required=False)
    field_order = ["title", "detail", "decider", "due_date", "blocked", "blocks_go_live"]

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer only people who may decide here."""
        super().__init__(*args, project=project, **kwargs)
        self.fields["decider"].queryset = deciders(project)  # type: ignore[attr-defined]

    def question(self) -> Question:
        """Return what was asked."""
        return Question(**self.cleaned_data)


class OutcomeForm(forms.Form):
    """Decide."""

    outcome = forms.CharField(label="What is decided", widget=NOTE)
    reason = forms.CharField(label="Why", required=False, widget=NOTE)


class AssumptionForm(_Blocking):
    """Write an assumption down."""

    statement = forms.CharField(
        label="What is assumed, in place of an answer?", max_length=2000, widget=NOTE
    )
    due_date = forms.DateField(label="Needs an owner's word by", required=False, widget=DAY)
    field_order = ["statement", "due_date", "blocked"]

    def guess(self) -> Guess:
        """Return what was assumed."""
        return Guess(**self.cleaned_data)


class RulingForm(forms.Form):
    """Ratify, correct or reject an assumption."""

    ruling = forms.ChoiceField(
        label="Your word on it", choices=Ruling.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="What is right instead",
        required=False,
        widget=NOTE,
        help_text="Needed when you correct or reject it.",
    )
