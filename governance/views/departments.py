"""Doors to the departments of a project and who manages them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.forms.departments import DepartmentForm
from governance.models import Department
from governance.pages.departments import department_list
from governance.pages.trail import trail_of
from governance.permissions import Seat
from governance.services.departments import DepartmentRefused, change_department, open_department
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_http_methods(["GET", "POST"])
def list_departments(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the departments with their managers; add one by hand."""
    form = DepartmentForm(request.POST or None, project=seat.project)
    if form.is_valid() and carried_out(
        form,
        lambda: open_department(project=seat.project, **form.cleaned_data),
        refusals=(DepartmentRefused,),
    ):
        messages.success(request, _("The department is there."))
        return redirect(request.path)
    shown = {"seat": seat, "list": department_list(seat.project)}
    return answer_form(request, "governance/department_list.html", form=form, **shown)


@in_project
@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, seat: Seat, department: UUID) -> HttpResponse:
    """Rename a department, and name its manager."""
    reached = Department.objects.filter(project=seat.project).select_related("manager")
    found = get_object_or_404(reached, public_id=department)
    held = {"name": found.name, "manager": found.manager and found.manager.public_id}
    form = DepartmentForm(request.POST or None, project=seat.project, initial=held)
    if form.is_valid() and carried_out(
        form,
        lambda: change_department(department=found, **form.cleaned_data),
        refusals=(DepartmentRefused,),
    ):
        messages.success(request, _("The department is changed."))
        return redirect("governance:department-list", seat.project.public_id)
    shown = {"seat": seat, "department": found, "trail": trail_of(seat.project, found.name)}
    return answer_form(request, "governance/department.html", form=form, **shown)
