"""Doors to who was replaced, and to handing over what they held."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import HeldItem, Replacement
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, answer_form, carried_out, in_project
from readiness.forms.replacements import HandoverForm, ReplacementForm
from readiness.pages.replacements import (
    holdings,
    may_replace,
    replacement_list,
    replacement_page,
)
from readiness.services.replacements import ReplacementRefused, hand_over, replace_party


@in_project
@require_safe
def list_replacements(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who was replaced, and how much of it is handed over."""
    listed = replacement_list(seat.project, today=timezone.localdate())
    shown = {"seat": seat, "list": listed, "may_replace": may_replace(seat)}
    return render(request, "readiness/replacement_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def add_replacement(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Let an executive replace a partner or a consultant."""
    form = ReplacementForm(request.POST or None, project=seat.project)
    if form.is_valid() and carried_out(
        form,
        lambda: replace_party(
            project=seat.project,
            parting=form.parting(),
            replaced_by=seat.user,
            replaced_at=timezone.now(),
        ),
        refusals=(ReplacementRefused,),
    ):
        messages.success(request, _("It is decided and on record. Now hand over what they held."))
        return redirect("readiness:replacement-list", seat.project.public_id)
    held = holdings(seat.project)
    return answer_form(
        request, "readiness/replacement_add.html", form=form, seat=seat, holdings=held
    )


@in_project
@require_safe
def show_replacement(request: SignedInRequest, seat: Seat, replacement: UUID) -> HttpResponse:
    """Show what a replaced party held, and what stays with the client anyway."""
    reached = Replacement.objects.filter(project=seat.project)
    found = get_object_or_404(reached, public_id=replacement)
    page = replacement_page(found, seat=seat, at=timezone.localtime())
    return render(request, "readiness/replacement.html", {"seat": seat, "page": page})


@in_project
@require_http_methods(["GET", "POST"])
def add_handover(
    request: SignedInRequest, seat: Seat, replacement: UUID, item: UUID
) -> HttpResponse:
    """Take who takes over one thing that a replaced party held."""
    reached = HeldItem.objects.filter(project=seat.project, replacement__public_id=replacement)
    fetched = reached.select_related("project", "replacement__project", "replacement__partner")
    found = get_object_or_404(fetched, public_id=item)
    first = {"taken_by": seat.user.public_id}
    form = HandoverForm(request.POST or None, project=seat.project, initial=first)
    if form.is_valid() and carried_out(
        form,
        lambda: hand_over(
            item=found, taking=form.taking(), noted_by=seat.user, taken_at=timezone.now()
        ),
        refusals=(ReplacementRefused,),
    ):
        told = {"name": form.cleaned_data["taken_by"].name}
        messages.success(request, _("%(name)s has taken it over.") % told)
        return redirect("readiness:replacement-detail", seat.project.public_id, replacement)
    return answer_form(
        request,
        "readiness/handover.html",
        form=form,
        seat=seat,
        item=found,
        replacement=found.replacement,
    )
