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
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import owned_processes
from governance.forms.searching import Narrowing, Search
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


class DefectSearchForm(Search):
    """Look for defects; an empty field asks for nothing."""

    show = Narrowing(
        label=_("Which"),
        everything=_("Open ones"),
        choices=[(SHOW_ALL, _("All of them"))],
    )
    severity = Narrowing(
        label=_("Severity"),
        everything=_("Every severity"),
        choices=[
            ("serious", _("Showstopper or high")),
            ("minor", _("Medium or low")),
            *Severity.choices,
        ],
    )
    state = Narrowing(
        label=_("State"),
        everything=_("Every state"),
        choices=[*DefectState.choices, (REOPENED, _("Ever opened again"))],
    )
    age = Narrowing(label=_("Age"), everything=_("Every age"), choices=AGE_WORDS.items())
    process = Narrowing(label=_("Process"), everything=_("Every process"))
    care = Narrowing(
        label=_("Owner and date"),
        everything=_("With and without"),
        choices=[(NOT_CARED_FOR, _("Without an owner or a date"))],
    )
    triage = Narrowing(
        label=_("Turned out to be"),
        everything=_("Anything"),
        choices=Triage.choices,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the processes of the project."""
        super().__init__(*args, **kwargs)
        nowhere = (NO_PROCESS, _("No process"))
        self._processes = self.offer_rows("process", owned_processes(project), nowhere)

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
