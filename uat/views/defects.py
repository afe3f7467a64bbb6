"""Door to the defects that were found."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from governance.permissions import Seat
from governance.views.entry import SignedInRequest, in_project
from uat.forms.defects import DefectSearchForm
from uat.pages.defects import defect_list


@in_project
@require_safe
def list_defects(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the defects that are open, the worst first, or those that were asked for."""
    form = DefectSearchForm(request.GET, project=seat.project)
    listed = defect_list(
        seat.project,
        wanted=form.wanted(),
        number=request.GET.get("page", "1"),
        now=timezone.localtime(),
    )
    return render(request, "uat/defect_list.html", {"seat": seat, "list": listed, "form": form})
