"""Doors to what a project manager asks every week: who has not answered, and what moved."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.unanswered import KINDS, unanswered
from readiness.pages.week import week_page

PEOPLE_ON_A_PAGE = 50
BEFORE = "before"


@in_project
@require_safe
def list_unanswered(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who has not answered, with what is asked and since when."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = unanswered(seat.project, at=timezone.now(), kind=kind)
    page = Paginator(found.people, PEOPLE_ON_A_PAGE).get_page(request.GET.get("page", "1"))
    shown = {"seat": seat, "list": found, "page": page, "kept": {"kind": kind} if kind else {}}
    return render(request, "readiness/unanswered.html", shown)


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
