"""The door to who has not answered."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.unanswered import KINDS, unanswered

PEOPLE_ON_A_PAGE = 25


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
