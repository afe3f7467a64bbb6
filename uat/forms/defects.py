"""What somebody looks for among defects.

The query parameters of the list, which other pages link to: `show` (`all`: those that are
settled too), `severity` (a severity, or `serious` or `minor` for two of them), `state` (a state,
or `reopened`), `age` (a key of AGES: days since it was raised), `process` (public id of an
accountable process, or `none`), `care` (`none`: open without an owner or without a date),
`triage` and `page`. A state asks for settled ones too. A value that makes no sense is not looked
for.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.choosing import QuickSelect
from governance.forms.decisions import owned_processes
from governance.models import BusinessProcess, Project
from uat.choices import DefectState, Severity, Triage
from uat.forms.search import NO_PROCESS

SEVERITIES: dict[str, tuple[str, ...]] = {
    "serious": (Severity.SHOWSTOPPER, Severity.HIGH),
    "minor": (Severity.MEDIUM, Severity.LOW),
}
REOPENED = "reopened"
SHOW_ALL = "all"
NOT_CARED_FOR = "none"
AGES: dict[str, tuple[int, int | None]] = {
    "week": (0, 7),
    "fortnight": (7, 14),
    "month": (14, 30),
    "older": (30, None),
}
"""Age group -> days since it was raised: from, and up to but without."""

AGE_WORDS = {
    "week": _("Up to 6 days"),
    "fortnight": _("7 to 13 days"),
    "month": _("14 to 29 days"),
    "older": _("30 days and more"),
}


@dataclass(frozen=True, slots=True)
class WantedDefects:
    """What somebody looks for among defects; empty words look for every open one."""

    everything: bool = False
    severities: tuple[str, ...] = ()
    state: str = ""
    youngest: timedelta | None = None
    oldest: timedelta | None = None
    process: BusinessProcess | None = None
    without_process: bool = False
    not_cared_for: bool = False
    triage: str = ""


class DefectSearchForm(forms.Form):
    """Look for defects; an empty field asks for nothing."""

    show = forms.ChoiceField(
        label=_("Which"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Open ones")), (SHOW_ALL, _("All of them"))],
    )
    severity = forms.ChoiceField(
        label=_("Severity"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("Every severity")),
            ("serious", _("Showstopper or high")),
            ("minor", _("Medium or low")),
            *Severity.choices,
        ],
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("Every state")),
            *DefectState.choices,
            (REOPENED, _("Ever opened again")),
        ],
    )
    age = forms.ChoiceField(
        label=_("Age"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Every age")), *AGE_WORDS.items()],
    )
    process = forms.ChoiceField(label=_("Process"), required=False, widget=QuickSelect)
    care = forms.ChoiceField(
        label=_("Owner and date"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("With and without")), (NOT_CARED_FOR, _("Without an owner or a date"))],
    )
    triage = forms.ChoiceField(
        label=_("Turned out to be"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Anything")), *Triage.choices],
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the processes of the project."""
        super().__init__(*args, **kwargs)
        self._processes = {str(row.public_id): row for row in owned_processes(project)}
        cast(forms.ChoiceField, self.fields["process"]).choices = [
            ("", _("Every process")),
            *((key, str(row)) for key, row in self._processes.items()),
            (NO_PROCESS, _("No process")),
        ]

    def wanted(self) -> WantedDefects:
        """Return what is looked for; what makes no sense is not looked for."""
        self.full_clean()
        asked = self.cleaned_data
        severity = asked.get("severity", "")
        state = asked.get("state", "")
        days = AGES.get(asked.get("age", ""), (0, None))
        return WantedDefects(
            everything=asked.get("show") == SHOW_ALL or bool(state),
            severities=SEVERITIES.get(severity, (severity,) if severity else ()),
            state=state,
            youngest=timedelta(days=days[0]) if days[0] else None,
            oldest=timedelta(days=days[1]) if days[1] else None,
            process=self._processes.get(asked.get("process", "")),
            without_process=asked.get("process") == NO_PROCESS,
            not_cared_for=asked.get("care") == NOT_CARED_FOR,
            triage=asked.get("triage", ""),
        )

    def kept(self) -> dict[str, str]:
        """Return the query parameters of this search, to keep them from page to page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}
