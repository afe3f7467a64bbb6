"""What people enter about decisions and assumptions."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.forms.searching import Narrowing, Search
from governance.models import BusinessProcess, Project, User
from governance.permissions.seats import WORKING_ROLES
from governance.querysets import ProcessQuerySet

# browsers take a date in one form only, whatever language the page speaks
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
NOTE = forms.Textarea(attrs={"rows": 4})
OPEN = "open"
GO_LIVE = "go-live"


def owned_processes(project: Project) -> ProcessQuerySet:
    """Return the processes of a project that are owned and signed, by code."""
    return BusinessProcess.objects.filter(project=project).accountable().order_by("code")


def deciders(project: Project) -> Any:
    """Return the client's accounts that work in the project."""
    return (
        User.objects.filter(
            organisation_id=project.organisation_id,
            is_active=True,
            participations__project=project,
            participations__role__in=WORKING_ROLES,
            participations__ended_at__isnull=True,
        )
        .distinct()
        .order_by("name")
    )


@dataclass(frozen=True, slots=True)
class WantedQuestions:
    """What somebody looks for among decisions or assumptions; empty words look for every one."""

    answered: bool = False
    words: str = ""
    only: str = ""
    process: BusinessProcess | None = None
    go_live: bool = False


class QuestionSearch(Search):
    """Look for decisions or assumptions; an empty field asks for nothing."""

    show = forms.CharField(required=False, widget=forms.HiddenInput)
    q = forms.CharField(
        label=_("Code or words"), required=False, max_length=100, widget=forms.SearchInput
    )
    only = Narrowing(
        label=_("Only"),
        everything=_("Every one"),
        choices=[
            ("overdue", _("Overdue")),
            ("mine", _("What waits for me")),
            ("partner", _("Raised by a partner")),
        ],
    )
    process = Narrowing(label=_("Holds up"), everything=_("Anything"))

    def __init__(
        self, *args: Any, project: Project, with_go_live: bool = False, **kwargs: Any
    ) -> None:
        """Offer the processes of the project, and go-live where a question can block it."""
        super().__init__(*args, **kwargs)
        self._processes = self.offer_rows("process", owned_processes(project))
        if with_go_live:
            rows = ((key, str(row)) for key, row in self._processes.items())
            self.offer("process", [(GO_LIVE, _("Go-live")), *rows])

    def wanted(self) -> WantedQuestions:
        """Return what is looked for; what makes no sense is not looked for."""
        kept = self.kept()
        return WantedQuestions(
            answered=kept.get("show", OPEN) != OPEN,
            words=kept.get("q", ""),
            only=kept.get("only", ""),
            process=self._processes.get(kept.get("process", "")),
            go_live=kept.get("process") == GO_LIVE,
        )
