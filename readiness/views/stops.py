"""Doors to stopped gates: the project manager stops one, and somebody ends that."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from governance.choices import Power
from governance.models import GateStop
from governance.pages.charters import stop_row
from governance.permissions import Seat
from governance.permissions.areas.charter import END_STOP, STOP_GATE
from governance.services.charters import grants
from governance.services.stops import StopRefused, end_stop
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)
from readiness.forms.stops import StopEndForm, StopForm
from readiness.pages.stops import stop_list
from readiness.services.stopping import stop_own_gate


@in_project
@require_http_methods(["GET", "POST"])
def list_stops(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show which gates are stopped, and let the project manager stop one."""
    page = stop_list(seat.project)
    may_stop = STOP_GATE.allows(seat) and grants(
        seat.project, power=Power.STOP_GATE, account=seat.user
    )
    if request.method == "POST":
        refuse_unless(may_stop, STOP_GATE.refusal)
    form = StopForm(request.POST or None, gates=page.gates) if may_stop else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: stop_own_gate(
                project=seat.project,
                gate_key=form.cleaned_data["gate"],
                reason=form.cleaned_data["reason"],
                stopped_by=seat.user,
                stopped_at=timezone.now(),
            ),
            refusals=(StopRefused,),
        )
    ):
        messages.success(request, _("The gate is stopped. The executives are told at once."))
        return redirect(request.path)
    shown = {"seat": seat, "list": page, "may_end": END_STOP.allows(seat)}
    return answer_form(request, "readiness/stop_list.html", form=form, **shown)


@in_project
@require_http_methods(["GET", "POST"])
def lift_stop(request: SignedInRequest, seat: Seat, stop: UUID) -> HttpResponse:
    """End the stop of a gate; an executive overrules the project manager by it."""
    reached = GateStop.objects.filter(project=seat.project)
    fetched = reached.select_related("stopped_by", "end__ended_by")
    found = get_object_or_404(fetched, public_id=stop)
    is_own = found.stopped_by_id == seat.user.pk
    refuse_unless(is_own or seat.is_executive, END_STOP.refusal)
    form = StopEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: end_stop(
            stop=found, ended_by=seat.user, ended_at=timezone.now(), **form.cleaned_data
        ),
        refusals=(StopRefused,),
    ):
        messages.success(request, _("The stop has ended. The gate is judged again."))
        return redirect("readiness:stop-list", seat.project.public_id)
    shown = {"seat": seat, "row": stop_row(found), "is_own": is_own}
    return answer_form(request, "readiness/stop_end.html", form=form, **shown)
