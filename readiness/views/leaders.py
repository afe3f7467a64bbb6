"""Doors to readiness by accountable leader."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.models import User
from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from readiness.pages.leaders.listing import KINDS, leader_list, leader_page


@in_project
@require_safe
def list_leaders(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what each manager, owner and executive answers for, and how far it is."""
    kind = request.GET.get("as", "")
    listed = leader_list(seat.project, at=timezone.localtime(), kind=kind if kind in KINDS else "")
    return render(request, "readiness/leader_list.html", {"seat": seat, "list": listed})


@in_project
@require_safe
def show_leader(request: SignedInRequest, seat: Seat, leader: UUID) -> HttpResponse:
    """Show one leader with everything that is open."""
    own = User.objects.filter(organisation_id=seat.project.organisation_id)
    found = get_object_or_404(own, public_id=leader)
    page = leader_page(seat.project, account_id=found.pk, at=timezone.localtime())
    if page is None:
        raise Http404
    return render(request, "readiness/leader.html", {"seat": seat, "page": page})
