"""What somebody looks for among people and their courses.

The query parameters of the list of people and courses, which other pages link to: `state` (a key
of STATES), `need` (`mandatory` or `optional`), `check` (`with` or `without`: courses that end in
one), `course`, `role`, `department` and `process` (public ids), `site` (its name) and `page`. The
people of one course take the same without `course`. A value that nobody offers is not found.

The rows behind a criterion: `need=mandatory&state=not-completed` (completed), with
`check=with&need=mandatory&state=open` (passed), `need=mandatory&state=outdated` (older version);
behind the training cell of a process: `need=mandatory&process=…&state=open`.
"""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar, cast
from uuid import UUID

from django import forms
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from governance.forms.choosing import QuickSelect
from governance.forms.decisions import owned_processes
from governance.models import Department, Person, Project
from training.models import Course, JobRole
from training.querysets.needs import NeedFilter

STATES = {
    "open": _("Not through yet"),
    "through": _("Through"),
    "failed": _("Failed the check"),
    "not-started": _("Not started"),
    "begun": _("Begun, not through"),
    "completed": _("Completed"),
    "not-completed": _("Not completed"),
    "outdated": _("Completed an older version"),
}
NEEDS = {"mandatory": True, "optional": False}
CHECKS = {"with": True, "without": False}


class Named(Protocol):
    """A row with a public identifier."""

    pk: int
    public_id: UUID


RowT = TypeVar("RowT", bound=Named)


class TraineeSearchForm(forms.Form):
    """Look for people and the courses they need; an empty field asks for nothing."""

    state = forms.ChoiceField(
        label=_("Stands at"),
        required=False,
        widget=QuickSelect,
        choices=[("", _("Anywhere")), *STATES.items()],
    )
    course = forms.ChoiceField(label=_("Course"), required=False, widget=QuickSelect)
    role = forms.ChoiceField(label=_("Job role"), required=False, widget=QuickSelect)
    department = forms.ChoiceField(label=_("Department"), required=False, widget=QuickSelect)
    site = forms.ChoiceField(label=_("Site"), required=False, widget=QuickSelect)
    process = forms.ChoiceField(label=_("Process"), required=False, widget=QuickSelect)
    need = forms.ChoiceField(
        label=_("Need"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("Mandatory and optional")),
            ("mandatory", _("Mandatory")),
            ("optional", _("Optional")),
        ],
    )
    check = forms.ChoiceField(
        label=_("Scenario check"),
        required=False,
        widget=QuickSelect,
        choices=[
            ("", _("With and without")),
            ("with", _("Ends in a check")),
            ("without", _("Ends without a check")),
        ],
    )

    def __init__(
        self, *args: Any, project: Project, course: Course | None = None, **kwargs: Any
    ) -> None:
        """Offer what the project has; with a course, its people alone."""
        super().__init__(*args, **kwargs)
        self.only_course = course
        self.roles = _offer(self, "role", _roles(project), _("Every job role"))
        self.departments = _offer(self, "department", _departments(project), _("Every department"))
        self.courses: dict[str, Course] = {}
        self.processes: dict[str, Any] = {}
        if course is None:
            courses = Course.objects.filter(project=project).order_by("code")
            self.courses = _offer(self, "course", courses, _("Every course"))
            self.processes = _offer(self, "process", owned_processes(project), _("Every process"))
        else:
            for name in ("course", "process", "check"):
                del self.fields[name]
        sites = _sites(project)
        cast(forms.ChoiceField, self.fields["site"]).choices = [
            ("", _("Every site")),
            *((site, site) for site in sites),
        ]

    @property
    def chosen_role(self) -> JobRole | None:
        """Return the job role that is asked for."""
        return self.roles.get(self.cleaned_data.get("role", ""))

    def wanted(self) -> NeedFilter:
        """Return what is looked for.

        :raises Http404: it names what nobody offers.
        """
        if not self.is_valid():
            raise Http404
        asked = self.cleaned_data
        course = self.only_course or self.courses.get(asked.get("course", ""))
        return NeedFilter(
            course_id=course.pk if course else None,
            job_role_id=_pk(self.chosen_role),
            department_id=_pk(self.departments.get(asked["department"])),
            process_id=_pk(self.processes.get(asked.get("process", ""))),
            site=asked["site"] or None,
            state=asked["state"],
            is_mandatory=NEEDS.get(asked["need"]),
            has_check=CHECKS.get(asked.get("check", "")),
        )

    def kept(self) -> dict[str, str]:
        """Return the query parameters of this search, to keep them from page to page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


class RosterSearchForm(forms.Form):
    """Look for people of the roster; an empty field asks for nothing."""

    q = forms.CharField(
        label=_("Name, number or site"), required=False, max_length=100, widget=forms.SearchInput
    )
    department = forms.ChoiceField(label=_("Department"), required=False, widget=QuickSelect)
    site = forms.ChoiceField(label=_("Site"), required=False, widget=QuickSelect)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the departments and sites of the project."""
        super().__init__(*args, **kwargs)
        self.departments = _offer(self, "department", _departments(project), _("Every department"))
        cast(forms.ChoiceField, self.fields["site"]).choices = [
            ("", _("Every site")),
            *((site, site) for site in _sites(project)),
        ]

    def asked(self) -> tuple[str, Department | None, str]:
        """Return the words, the department and the site that are looked for.

        :raises Http404: the department or site is none of the project.
        """
        self.full_clean()
        if self.errors and "q" not in self.errors:
            raise Http404
        entered = self.cleaned_data
        department = self.departments.get(entered.get("department", ""))
        return entered.get("q", ""), department, entered.get("site", "")

    def kept(self) -> dict[str, str]:
        """Return the query parameters of this search, to keep them from page to page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}


def _roles(project: Project) -> "Iterable[JobRole]":
    return JobRole.objects.filter(project=project).order_by("name", "code")


def _departments(project: Project) -> "Iterable[Department]":
    return Department.objects.filter(project=project).order_by("name")


def _sites(project: Project) -> list[str]:
    sites = Person.objects.filter(project=project).exclude(site="").order_by("site")
    return list(sites.values_list("site", flat=True).distinct())


def _offer(form: forms.Form, name: str, rows: "Iterable[RowT]", everything: Any) -> dict[str, RowT]:
    """Let a field choose among rows, and return them by what it sends."""
    found = {str(row.public_id): row for row in rows}
    cast(forms.ChoiceField, form.fields[name]).choices = [
        ("", everything),
        *((key, str(row)) for key, row in found.items()),
    ]
    return found


def _pk(row: Named | None) -> int | None:
    return row.pk if row else None
