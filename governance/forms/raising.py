"""Ask for a decision: the question, ways to answer it, and everything that waits."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.choices import DecisionKind
from governance.forms.codes import CodesField
from governance.forms.decisions import DAY, NOTE, deciders, owned_processes
from governance.forms.rows import RowField, RowsField
from governance.models import BusinessProcess, Decision, Project, User
from governance.services.decisions import Question
from governance.services.dependencies import Dependents
from governance.services.dependents import Sorted
from governance.services.options import Choice

SHORT = forms.Textarea(attrs={"rows": 2})
ONE, OTHER = "1", "2"


class DependentsForm(forms.Form):
    """Note what waits for a decision, and what it waits for itself."""

    waiting = CodesField(
        label=_("What else waits for it"),
        help_text=_("Codes of scenarios, criteria or decisions, such as 10.20-01, UX-01 or D-004."),
    )
    after = CodesField(
        only_decisions=True,
        label=_("Decisions that have to be made first"),
        help_text=_("Codes of decisions. This one cannot be decided before them."),
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Look the codes up in the project."""
        super().__init__(*args, **kwargs)
        for name in ("waiting", "after"):
            self.fields[name].project = project  # type: ignore[attr-defined]

    def dependents(self) -> Dependents:
        """Return what waits."""
        waiting: Sorted = self.cleaned_data["waiting"]
        after: Sorted = self.cleaned_data["after"]
        return Dependents(
            scenarios=waiting.scenarios,
            criteria=waiting.criteria,
            decisions=waiting.decisions,
            after=after.decisions,
        )


class WaitingForm(DependentsForm):
    """Note what waits for a decision that was raised before."""

    def clean(self) -> dict[str, Any] | None:
        """Ask for one code at least."""
        cleaned = super().clean()
        if not self.errors and not self.dependents():
            self.add_error("waiting", gettext("Write down at least one code."))
        return cleaned


class DecisionForm(DependentsForm):
    """Raise a decision."""

    title = forms.CharField(
        label=_("What has to be decided?"), max_length=300, help_text=_("As one question.")
    )
    detail = forms.CharField(
        label=_("What is known so far"), required=False, max_length=10_000, widget=NOTE
    )
    kind = forms.ChoiceField(
        label=_("What kind of decision it is"),
        required=False,
        choices=[("", _("None of these")), *DecisionKind.choices],
        help_text=_("The ownership map says who decides it."),
    )
    decider = RowField(
        queryset=User.objects.none(),
        required=False,
        label=_("Who decides"),
        empty_label=_("By the ownership map, else an executive"),
        help_text=_("One person of the client."),
    )
    due_date = forms.DateField(label=_("Needed by"), required=False, widget=DAY)
    option_1 = forms.CharField(label=_("One way to decide"), required=False, max_length=300)
    consequence_1 = forms.CharField(
        label=_("What that brings"), required=False, max_length=10_000, widget=SHORT
    )
    option_2 = forms.CharField(label=_("Another way"), required=False, max_length=300)
    consequence_2 = forms.CharField(
        label=_("What that brings"), required=False, max_length=10_000, widget=SHORT
    )
    recommended = forms.ChoiceField(
        label=_("Which one you recommend"),
        required=False,
        choices=[("", _("None")), (ONE, _("The first")), (OTHER, _("The other"))],
        help_text=_("More ways can be added later, by everybody."),
    )
    blocked = RowsField(
        queryset=BusinessProcess.objects.none(),
        required=False,
        label=_("Processes that wait for it"),
        widget=forms.CheckboxSelectMultiple,
    )
    blocks_go_live = forms.BooleanField(label=_("Go-live cannot happen without it"), required=False)
    field_order = [
        *("title", "detail", "kind", "decider", "due_date", "option_1", "consequence_1"),
        *("option_2", "consequence_2", "recommended", "blocked", "waiting", "after"),
        "blocks_go_live",
    ]

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer only people who may decide here, and processes of the project."""
        super().__init__(*args, project=project, **kwargs)
        self.fields["decider"].queryset = deciders(project)  # type: ignore[attr-defined]
        self.fields["blocked"].queryset = owned_processes(project)  # type: ignore[attr-defined]

    def question(self, *, supersedes: Decision | None = None) -> Question:
        """Return what was asked."""
        entered = self.cleaned_data
        return Question(
            title=entered["title"],
            detail=entered["detail"],
            kind=entered["kind"],
            decider=entered["decider"],
            due_date=entered["due_date"],
            blocks_go_live=entered["blocks_go_live"],
            blocked=entered["blocked"],
            options=tuple(self._options()),
            dependents=self.dependents(),
            supersedes=supersedes,
        )

    def _options(self) -> Iterator[Choice]:
        """Yield the ways that were written down; the same one twice is one."""
        entered, seen = self.cleaned_data, set()
        for number in (ONE, OTHER):
            title = entered[f"option_{number}"].strip()
            if title and title.casefold() not in seen:
                seen.add(title.casefold())
                yield Choice(
                    title=title,
                    consequence=entered[f"consequence_{number}"],
                    is_recommended=entered["recommended"] == number,
                )
