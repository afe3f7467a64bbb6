"""The door to how much hangs on the partner."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.vendor import vendor_page


@in_project
@require_safe
def show_vendor(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the partner's shares side by side, their months, and what waits for an owner."""
    page = vendor_page(seat.project, at=timezone.localtime())
    return render(request, "readiness/vendor.html", {"seat": seat, "page": page})
