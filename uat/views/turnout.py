"""Doors to who was planned to test."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from uat.pages.turnout import turnout_list


@in_project
@require_safe
def list_testers(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show who was planned to test and who did, in every department or in one."""
    asked = request.GET.get("department", "")
    shown = turnout_list(seat.project, at=timezone.localtime(), department=asked)
    return render(request, "uat/tester_list.html", {"seat": seat, "list": shown})
