"""What somebody looks for among scenarios.

The query parameters of the list, which other pages link to: `q` (code or words), `process`
(public id of an accountable process, or `none`), `kind` (a scenario class), `state` (a key of
STATES), `criticality`, `tester` (public id of a person who is to test) and `page`. A value that
makes no sense is not looked for.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.choices import Criticality
from governance.forms.decisions import owned_processes
from governance.forms.searching import Narrowing, Search
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


class SearchForm(Search):
    """Look for scenarios; an empty field asks for nothing."""

    q = forms.CharField(
        label=_("Code or words"), required=False, max_length=100, widget=forms.SearchInput
    )
    state = Narrowing(label=_("State"), everything=_("Every state"), choices=STATES.items())
    process = Narrowing(label=_("Process"), everything=_("Every process"))
    kind = Narrowing(label=_("Class"), everything=_("Every class"), choices=ScenarioClass.choices)
    criticality = Narrowing(
        label=_("Criticality"),
        everything=_("Every criticality"),
        choices=Criticality.choices,
    )
    tester = Narrowing(label=_("Who is to test"), everything=_("Anybody"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the processes and the testers of the project."""
        super().__init__(*args, **kwargs)
        nowhere = (NO_PROCESS, _("No process"))
        self._processes = self.offer_rows("process", owned_processes(project), nowhere)
        self._testers = self.offer_rows("tester", testers_of(project))

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


def testers_of(project: Project) -> Any:
    """Return the people who are to test something, by name."""
    assigned = TesterAssignment.objects.filter(project=project)
    return Person.objects.filter(pk__in=assigned.values("person")).order_by("name", "pk")
