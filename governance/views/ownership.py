"""Doors to owners of processes and to the go-live date."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.decisions import owned_processes
from governance.forms.ownership import AppointmentForm, GoLiveForm
from governance.pages.ownership import go_live_page, owner_list, ownership_history
from governance.permissions import Seat, may_appoint, may_move_date
from governance.permissions.acts import KEEP_DEPARTMENTS
from governance.services.ownership import OwnershipRefused, appoint
from governance.services.projects import DateMoveRefused, move_go_live_date
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_safe
def list_owners(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who owns which process."""
    shown = {"seat": seat, "list": owner_list(seat.project), "may_appoint": may_appoint(seat)}
    shown["may_keep"] = KEEP_DEPARTMENTS.allows(seat)
    return render(request, "governance/owner_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def change_owner(request: SignedInRequest, seat: Seat, process: UUID) -> HttpResponse:
    """Name the owner and the deputy of a process."""
    reached = owned_processes(seat.project).select_related("owner", "deputy")
    found = get_object_or_404(reached, public_id=process)
    held = {"owner": found.owner, "deputy": found.deputy}
    form = AppointmentForm(request.POST or None, project=seat.project, initial=held)
    if form.is_valid() and carried_out(
        form,
        lambda: appoint(
            process=found,
            appointment=form.appointment(),
            assigned_by=seat.user,
            assigned_at=timezone.now(),
        ),
        refusals=(OwnershipRefused,),
    ):
        messages.success(
            request, _("The owners of %(process)s are on record.") % {"process": found}
        )
        return redirect("governance:owner-list", seat.project.public_id)
    return answer_form(
        request,
        "governance/owner.html",
        form=form,
        seat=seat,
        process=found,
        history=ownership_history(found),
    )


@in_project
@require_http_methods(["GET", "POST"])
def show_go_live(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show how the go-live date came to be, and move it by a decision."""
    may_move = may_move_date(seat)
    form = GoLiveForm(request.POST or None, project=seat.project) if may_move else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: move_go_live_date(
                project=seat.project,
                **form.cleaned_data,
                decided_by=seat.user,
                decided_at=timezone.now(),
            ),
            refusals=(DateMoveRefused,),
        )
    ):
        messages.success(request, _("The go-live date is moved."))
        return redirect(request.path)
    page = go_live_page(seat.project)
    return answer_form(request, "governance/go_live.html", form=form, seat=seat, page=page)
