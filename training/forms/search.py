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
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from governance.forms.decisions import owned_processes
from governance.forms.searching import Narrowing, Search
from governance.models import Department, Person, Project
from training.models import Course, JobRole
from training.querysets.needs import NEEDS, NeedFilter

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
CHECKS = {"with": True, "without": False}


class TraineeSearchForm(Search):
    """Look for people and the courses they need; an empty field asks for nothing."""

    state = Narrowing(label=_("Stands at"), everything=_("Anywhere"), choices=STATES.items())
    course = Narrowing(label=_("Course"), everything=_("Every course"))
    role = Narrowing(label=_("Job role"), everything=_("Every job role"))
    department = Narrowing(label=_("Department"), everything=_("Every department"))
    site = Narrowing(label=_("Site"), everything=_("Every site"))
    process = Narrowing(label=_("Process"), everything=_("Every process"))
    need = Narrowing(
        label=_("Need"),
        everything=_("Mandatory and optional"),
        choices=[("mandatory", _("Mandatory")), ("optional", _("Optional"))],
    )
    check = Narrowing(
        label=_("Scenario check"),
        everything=_("With and without"),
        choices=[("with", _("Ends in a check")), ("without", _("Ends without a check"))],
    )

    def __init__(
        self, *args: Any, project: Project, course: Course | None = None, **kwargs: Any
    ) -> None:
        """Offer what the project has; with a course, its people alone."""
        super().__init__(*args, **kwargs)
        self.only_course = course
        self.roles = self.offer_rows("role", _roles(project))
        self.departments = self.offer_rows("department", _departments(project))
        self.offer("site", _sites(project))
        self.courses: dict[str, Course] = {}
        self.processes: dict[str, Any] = {}
        if course is None:
            courses = Course.objects.filter(project=project).order_by("code")
            self.courses = self.offer_rows("course", courses)
            self.processes = self.offer_rows("process", owned_processes(project))
        else:
            for name in ("course", "process", "check"):
                del self.fields[name]

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


class RosterSearchForm(Search):
    """Look for people of the roster; an empty field asks for nothing."""

    q = forms.CharField(
        label=_("Name, number or site"), required=False, max_length=100, widget=forms.SearchInput
    )
    department = Narrowing(label=_("Department"), everything=_("Every department"))
    site = Narrowing(label=_("Site"), everything=_("Every site"))

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        """Offer the departments and sites of the project."""
        super().__init__(*args, **kwargs)
        self.departments = self.offer_rows("department", _departments(project))
        self.offer("site", _sites(project))

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


def _roles(project: Project) -> "Iterable[JobRole]":
    return JobRole.objects.filter(project=project).order_by("name", "code")


def _departments(project: Project) -> "Iterable[Department]":
    return Department.objects.filter(project=project).order_by("name")


def _sites(project: Project) -> list[tuple[str, str]]:
    sites = Person.objects.filter(project=project).exclude(site="").order_by("site")
    return [(site, site) for site in sites.values_list("site", flat=True).distinct()]


def _pk(row: Model | None) -> int | None:
    return row.pk if row else None
