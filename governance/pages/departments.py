"""The departments of a project: who manages each, and how many people it has."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Department, Project
from governance.pages.trail import Step, trail_of


@dataclass(frozen=True, slots=True)
class DepartmentList:
    """Every department, with the line that answers first."""

    rows: list[Department]
    answer: str
    trail: list[Step]


def department_list(project: Project) -> DepartmentList:
    """Return the departments by name; those without a manager who can act are counted."""
    rows = list(
        Department.objects.filter(project=project).select_related("manager").order_by("name", "pk")
    )
    return DepartmentList(rows, _answer(rows), trail_of(project, _("Departments")))


def _answer(rows: list[Department]) -> str:
    if not rows:
        return _("No department is named yet.")
    gaps = sum(row.manager is None or not row.manager.is_active for row in rows)
    if not gaps:
        return _("Every department has a manager.")
    return ngettext(
        "%(gaps)d of %(all)d departments has no manager.",
        "%(gaps)d of %(all)d departments have no manager.",
        gaps,
    ) % {"gaps": gaps, "all": len(rows)}
