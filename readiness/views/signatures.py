"""Doors to signatures: all of a project, and one with everything it says."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.models import Signoff
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.signatures import signature_list, signature_page


@in_project
@require_safe
def list_signatures(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what was signed, refused and withdrawn in a project."""
    shown = signature_list(seat.project, at=timezone.localtime(), asked=request.GET)
    return render(request, "readiness/signature_list.html", {"seat": seat, "list": shown})


@in_project
@require_safe
def show_signature(request: SignedInRequest, seat: Seat, signoff: UUID) -> HttpResponse:
    """Show one signature: who, for whom, by what right, when, on what, and its worth now."""
    reached = Signoff.objects.filter(project=seat.project).with_everything()
    found = get_object_or_404(reached, public_id=signoff)
    page = signature_page(found, reader=seat.user, at=timezone.localtime())
    return render(request, "readiness/signature.html", {"seat": seat, "page": page})
