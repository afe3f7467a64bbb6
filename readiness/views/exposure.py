"""The door to what waits for decisions."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.pages.exposure import exposure_page
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project


@in_project
@require_safe
def show_exposure(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show everything that waits for the open decisions, and how fast they are made."""
    page = exposure_page(seat, at=timezone.localtime(), asked=request.GET)
    return render(request, "readiness/exposure.html", {"seat": seat, "page": page})
