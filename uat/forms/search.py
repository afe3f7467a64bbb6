"""What somebody looks for among scenarios.

The query parameters of the list, which other pages link to: `q` (code or words), `process`
(public id of an accountable process, or `none`), `kind` (a scenario class), `state` (a key of
STATES), `criticality`, `tester` (public id of a person who is to test) and `page`. A value that
makes no sense is not looked for.
"""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import Criticality
from governance.forms.choosing import QuickSelect
from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, Person, Project
from uat.choices import ScenarioClass
from uat.models import TesterAssignment

NO_PROCESS = "none"
STATES = {
    "open": _("Still to be run by the business"),
    "never": _("Never run by anybody"),
    "partner": _("Run only by a partner or somebody unknown"),
    "passed": _("Passed"),
    "failed": _("Failed"),
    "blocked": _("Blocked"),
    "changed": _("Changed since it was run"),
    "tested": _("Run by the business since the last change"),
    "unrun": _("Never run by the business"),
    "unpassed": _("Not passed"),
    "old_pass": _("Passed before the last change only"),
    "first_failed": _("Failed at the first run"),
    "incomplete": _("Described incompletely"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty words look for everything."""

    words: str = ""
    process: BusinessProcess | None = None
    without_process: bool = False
    scenario_class: str = ""
    state: str = ""
    criticality: str = ""
    tester: Person | None = None


class SearchForm(forms.Form):
    """Look for scenarios; an empty field asks for nothing."""

    q = forms.CharField(
        label=_("Code or words"), required=False, max_length=100, widget=forms.SearchInput
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Every state")), *STATES.items()],
    )
    process = forms.ChoiceField(label=_("Process"), required=False, widget=QuickSelect)
    kind = forms.ChoiceField(
        label=_("Class"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Every class")), *ScenarioClass.choices],
    )
    criticality = forms.ChoiceField(
        label=_("Criticality"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Every criticality")), *Criticality.choices],
    )
    tester = forms.ChoiceField(label=_("Who is to test"), required=False, widget=QuickSelect)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the processes and the testers of the project."""
        super().__init__(*args, **kwargs)
        self._processes = {str(row.public_id): row for row in owned_processes(project)}
        self._testers = {str(row.public_id): row for row in testers_of(project)}
        _choices(self, "process").choices = [
            ("", _("Every process")),
            *((key, str(row)) for key, row in self._processes.items()),
            (NO_PROCESS, _("No process")),
        ]
        _choices(self, "tester").choices = [
            ("", _("Anybody")),
            *((key, row.name) for key, row in self._testers.items()),
        ]

    def tester_of(self, account_id: int) -> UUID | None:
        """Return the person whose account this is, when the person is to test."""
        rows = self._testers.values()
        return next((row.public_id for row in rows if row.account_id == account_id), None)

    def wanted(self) -> Wanted:
        """Return what is looked for; what makes no sense is not looked for."""
        self.full_clean()
        asked = self.cleaned_data
        return Wanted(
            words=asked.get("q", ""),
            process=self._processes.get(asked.get("process", "")),
            without_process=asked.get("process") == NO_PROCESS,
            scenario_class=asked.get("kind", ""),
            state=asked.get("state", ""),
            criticality=asked.get("criticality", ""),
            tester=self._testers.get(asked.get("tester", "")),
        )

    def kept(self) -> dict[str, str]:
        """Return the query parameters of this search, to keep them from page to page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def testers_of(project: Project) -> Any:
    """Return the people who are to test something, by name."""
    assigned = TesterAssignment.objects.filter(project=project)
    return Person.objects.filter(pk__in=assigned.values("person")).order_by("name", "pk")


def _choices(form: forms.Form, name: str) -> forms.ChoiceField:
    return cast(forms.ChoiceField, form.fields[name])
