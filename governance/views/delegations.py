"""Doors to delegations: who may sign in an owner's place, given and ended by the sponsor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.forms.delegations import DelegationEndForm, DelegationForm
from governance.models import Delegation
from governance.pages.delegations import delegation_list, delegation_row
from governance.permissions import Seat, may_delegate
from governance.services.delegations import (
    DelegationRefused,
    delegate_signing,
    end_delegation,
)
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_http_methods(["GET", "POST"])
def list_delegations(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who may sign in an owner's place, and let the sponsor appoint somebody."""
    form = _form(request, seat)
    now = timezone.now()
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: delegate_signing(
                process=form.cleaned_data["process"],
                mandate=form.mandate(at=now),
                appointed_by=seat.user,
                appointed_at=now,
            ),
            refusals=(DelegationRefused,),
        )
    ):
        told = {"name": form.cleaned_data["delegate"], "process": form.cleaned_data["process"]}
        messages.success(request, _("%(name)s may sign for %(process)s in that time.") % told)
        return redirect(request.path)
    shown = delegation_list(seat.project, at=now)
    return answer_form(request, "governance/delegation_list.html", form=form, seat=seat, list=shown)


@in_project
@require_http_methods(["GET", "POST"])
def stop_delegation(request: SignedInRequest, seat: Seat, delegation: UUID) -> HttpResponse:
    """End a delegation before its time."""
    reached = Delegation.objects.filter(project=seat.project)
    fetched = reached.select_related("process", "delegate", "appointed_by", "end__ended_by")
    found = get_object_or_404(fetched, public_id=delegation)
    form = DelegationEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: end_delegation(
            delegation=found, ended_by=seat.user, ended_at=timezone.now(), **form.cleaned_data
        ),
        refusals=(DelegationRefused,),
    ):
        messages.success(request, _("The delegation has ended. What was signed stays."))
        return redirect("governance:delegation-list", seat.project.public_id)
    row = delegation_row(found, project=seat.project, at=timezone.now())
    return answer_form(request, "governance/delegation_end.html", form=form, seat=seat, row=row)


def _form(request: SignedInRequest, seat: Seat) -> DelegationForm | None:
    """Return the form of a sponsor; None for everybody else."""
    if not may_delegate(seat):
        return None
    asked = {"process": request.GET.get("process", ""), "starts_on": timezone.localdate()}
    return DelegationForm(
        request.POST or None, project=seat.project, sponsor=seat.user, initial=asked
    )
