"""What somebody looks for among scenarios."""

from dataclasses import dataclass
from typing import Any

from django import forms

from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, Project
from uat.choices import ScenarioClass

STATES = {
    "open": "Still to be run by the business",
    "passed": "Passed",
    "failed": "Failed",
    "blocked": "Blocked",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty words look for everything."""

    words: str = ""
    process: BusinessProcess | None = None
    scenario_class: str = ""
    state: str = ""


class SearchForm(forms.Form):
    """Look for scenarios; an empty field asks for nothing."""

    q = forms.CharField(label="Code or words", required=False, max_length=100)
    process = forms.ModelChoiceField(
        queryset=BusinessProcess.objects.none(),
        required=False,
        label="Process",
        to_field_name="public_id",
        empty_label="Every process",
    )
    kind = forms.ChoiceField(
        label="Class", required=False, choices=[("", "Every class"), *ScenarioClass.choices]
    )
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "Every state"), *STATES.items()]
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the processes of the project."""
        super().__init__(*args, **kwargs)
        self.fields["process"].queryset = owned_processes(project)  # type: ignore[attr-defined]

    def wanted(self) -> Wanted:
        """Return what is looked for; what makes no sense is not looked for."""
        self.full_clean()
        asked = self.cleaned_data
        return Wanted(
            words=asked.get("q", ""),
            process=asked.get("process"),
            scenario_class=asked.get("kind", ""),
            state=asked.get("state", ""),
        )

    def kept(self) -> dict[str, str]:
        """Return the query parameters of this search, to keep them from page to page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
