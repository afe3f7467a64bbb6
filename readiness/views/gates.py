"""One project's gate: what was judged, and whether that is still the newest word."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.criterion import criterion_page
from readiness.pages.gate import gate_page
from readiness.pages.heads import current_version
from readiness.views.following import told_of_changes


@in_project
@require_safe
def show_gate(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the newest judgement of a project."""
    gate = gate_page(seat.project, now=timezone.now())
    return render(request, "readiness/gate.html", {"seat": seat, "gate": gate})


@in_project
@require_safe
def show_version(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Tell an open page to read itself again when its version is not the newest."""
    version = current_version(seat.project, as_of=timezone.now())
    return told_of_changes(request, version=version, event="gate-changed")


@in_project
@require_safe
def show_criterion(request: SignedInRequest, seat: Seat, gate: str, criterion: str) -> HttpResponse:
    """Show one criterion: how it came out, why, and the rows behind its number.

    :raises Http404: the newest judgement has no such criterion.
    """
    page = criterion_page(seat.project, gate_key=gate, key=criterion, now=timezone.now())
    if page is None:
        raise Http404
    return render(request, "readiness/criterion.html", {"seat": seat, "page": page})
