"""The door to what moved within a week."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.week import week_page

BEFORE = "before"


@in_project
@require_safe
def show_week(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what moved since seven days ago, and the rows behind one of the numbers."""
    week = week_page(
        seat.project,
        at=timezone.now(),
        show=request.GET.get("show", ""),
        is_earlier=request.GET.get("week", "") == BEFORE,
        number=request.GET.get("page", "1"),
    )
    kept = {"show": week.chosen.code} | ({"week": BEFORE} if week.is_earlier else {})
    shown = {"seat": seat, "week": week, "kept": kept}
    return render(request, "readiness/week.html", shown)
