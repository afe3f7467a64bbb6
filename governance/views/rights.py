"""Doors to the ownership map: who owns, who decides, and how that changes hands."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.forms.rights import HandOverForm, RightEndForm, RightForm
from governance.models import DecisionRight
from governance.pages.right_history import right_history, right_row
from governance.pages.rights import ownership_map
from governance.permissions import Seat, may_appoint
from governance.permissions.areas.rights import GIVE_RIGHT
from governance.services.handovers import HandedOver, hand_over
from governance.services.ownership import OwnershipRefused
from governance.services.rights import RightRefused, end_right, give_right
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project


@in_project
@require_safe
def show_map(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who owns and who decides what, and what is missing."""
    may_give = GIVE_RIGHT.allows(seat)
    page = ownership_map(seat.project, may_give=may_give, as_of=timezone.now())
    shown = {"seat": seat, "page": page, "may_give": may_give, "may_appoint": may_appoint(seat)}
    shown["history"] = right_history(seat.project)
    return render(request, "governance/ownership_map.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def give(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Say who takes a kind of decision."""
    asked = {name: request.GET.get(name, "") for name in ("kind", "process")}
    form = RightForm(request.POST or None, project=seat.project, initial=asked)
    if form.is_valid() and carried_out(
        form,
        lambda: give_right(
            project=seat.project,
            grant=form.grant(),
            given_by=seat.user,
            given_at=timezone.now(),
        ),
        refusals=(RightRefused,),
    ):
        told = {"name": form.cleaned_data["decider"]}
        messages.success(request, _("It is on record that %(name)s decides this.") % told)
        return redirect("governance:ownership-map", seat.project.public_id)
    return answer_form(request, "governance/right_give.html", form=form, seat=seat)


@in_project
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, seat: Seat, right: UUID) -> HttpResponse:
    """End a decision right."""
    reached = DecisionRight.objects.filter(project=seat.project)
    fetched = reached.select_related("process", "decider", "given_by", "end__ended_by")
    found = get_object_or_404(fetched, public_id=right)
    form = RightEndForm(request.POST or None)
    if form.is_valid() and carried_out(
        form,
        lambda: end_right(
            right=found, ended_by=seat.user, ended_at=timezone.now(), **form.cleaned_data
        ),
        refusals=(RightRefused,),
    ):
        messages.success(request, _("The right has ended. What was decided stays."))
        return redirect("governance:ownership-map", seat.project.public_id)
    row = right_row(found)
    return answer_form(request, "governance/right_end.html", form=form, seat=seat, row=row)


@in_project
@require_http_methods(["GET", "POST"])
def hand(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Hand everything that somebody holds to somebody else."""
    asked = {"giver": request.GET.get("account", "")}
    form = HandOverForm(request.POST or None, project=seat.project, initial=asked)
    done: list[HandedOver] = []
    if form.is_valid() and carried_out(
        form,
        lambda: done.append(
            hand_over(
                project=seat.project,
                handing=form.handing(),
                handed_by=seat.user,
                handed_at=timezone.now(),
            )
        ),
        refusals=(RightRefused, OwnershipRefused),
    ):
        messages.success(request, _handed_text(done[0]))
        return redirect("governance:ownership-map", seat.project.public_id)
    return answer_form(request, "governance/hand_over.html", form=form, seat=seat)


def _handed_text(done: HandedOver) -> str:
    processes = ngettext("%(n)d process", "%(n)d processes", done.processes)
    rights = ngettext("%(n)d decision right", "%(n)d decision rights", done.rights)
    return _("Handed over: %(processes)s, %(rights)s.") % {
        "processes": processes % {"n": done.processes},
        "rights": rights % {"n": done.rights},
    }
