"""Doors to scenarios, their runs and the defects found."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import Seat, may_record_runs
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
    uuid_or_404,
)
from uat.forms.runs import RunForm
from uat.forms.search import SearchForm
from uat.models import Scenario
from uat.pages.defects import defect_list
from uat.pages.scenarios import newest_build, scenario_list, scenario_page
from uat.services.executions import ExecutionRefused
from uat.services.runs import record_once

MAY_NOT_RECORD = "An auditor reads here. Runs are recorded by those who work in the project."


@in_project
@require_safe
def list_scenarios(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show what has to be tested, and find one case among hundreds."""
    form = SearchForm(request.GET, project=seat.project)
    listed = scenario_list(seat.project, wanted=form.wanted(), number=request.GET.get("page", "1"))
    return render(request, "uat/scenario_list.html", {"seat": seat, "list": listed, "form": form})


@in_project
@require_safe
def show_scenario(request: SignedInRequest, seat: Seat, scenario: UUID) -> HttpResponse:
    """Show a scenario with its steps and its runs."""
    found = get_object_or_404(Scenario.objects.filter(project=seat.project), public_id=scenario)
    page = scenario_page(found, project=seat.project)
    shown = {"seat": seat, "page": page, "may_record": may_record_runs(seat)}
    return render(request, "uat/scenario.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def record_run(request: SignedInRequest, seat: Seat, scenario: UUID) -> HttpResponse:
    """Take the result of a run from whoever ran it."""
    refuse_unless(may_record_runs(seat), MAY_NOT_RECORD)
    found = get_object_or_404(Scenario.objects.filter(project=seat.project), public_id=scenario)
    first = {"executed_at": timezone.now(), "build": newest_build(seat.project)}
    form = RunForm(request.POST or None, initial=first)
    if form.is_valid() and carried_out(
        form,
        lambda: record_once(
            project=seat.project,
            scenario=found,
            tester=seat.user,
            run=form.run(seat.user.pk),
            as_of=timezone.now(),
        ),
        refusals=(ExecutionRefused,),
    ):
        messages.success(request, f"Your run of {found.code} is on record.")
        return redirect("uat:scenario-detail", seat.project.public_id, found.public_id)
    page = scenario_page(found, project=seat.project)
    return answer_form(request, "uat/run.html", form=form, seat=seat, page=page)


@in_project
@require_safe
def list_defects(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the defects that are open, the worst first."""
    process = request.GET.get("process", "")
    listed = defect_list(
        seat.project,
        process=str(uuid_or_404(process)) if process else "",
        show=request.GET.get("show", ""),
        number=request.GET.get("page", "1"),
    )
    return render(request, "uat/defect_list.html", {"seat": seat, "list": listed})
