"""Doors to what has to be tested: the matrix, the list, one scenario."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from governance.permissions import Seat, may_record_runs
from governance.views.entry import SignedInRequest, in_project
from uat.forms.search import SearchForm
from uat.models import Scenario
from uat.pages.coverage import coverage_matrix
from uat.pages.scenarios import scenario_list, scenario_page


@in_project
@require_safe
def show_coverage(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show processes against scenario classes: what the business has run."""
    matrix = coverage_matrix(seat.project)
    return render(request, "uat/coverage.html", {"seat": seat, "matrix": matrix})


@in_project
@require_safe
def list_scenarios(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what has to be tested, and find one case among hundreds."""
    form = SearchForm(request.GET, project=seat.project)
    listed = scenario_list(seat.project, wanted=form.wanted(), number=request.GET.get("page", "1"))
    mine = form.tester_of(seat.user.pk)
    shown = {"seat": seat, "list": listed, "form": form, "mine": mine}
    return render(request, "uat/scenario_list.html", shown)


@in_project
@require_safe
def show_scenario(request: SignedInRequest, seat: Seat, scenario: UUID) -> HttpResponse:
    """Show a scenario with its steps and its runs."""
    found = get_object_or_404(
        Scenario.objects.filter(project=seat.project).select_related("process"),
        public_id=scenario,
    )
    page = scenario_page(found, project=seat.project)
    shown = {"seat": seat, "page": page, "may_record": may_record_runs(seat)}
    return render(request, "uat/scenario.html", shown)
