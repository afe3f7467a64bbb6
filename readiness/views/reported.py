"""Doors to figures and colours that people report by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import Seat, may_report_status
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)
from readiness.forms.reported import MetricForm, StatusForm
from readiness.pages.reported import metric_list, metric_page, status_page
from readiness.services.reporting import ReportRefused, report_metric, report_status

MAY_NOT_REPORT_STATUS = "The project manager, the sponsor or the steering reports the status."


@in_project
@require_safe
def list_reported(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show which figures somebody has to report, and which are missing."""
    shown = {
        "seat": seat,
        "list": metric_list(seat, at=timezone.localtime()),
        "may_report_status": may_report_status(seat),
    }
    return render(request, "readiness/reported_list.html", shown)


@in_project
@require_http_methods(["GET", "POST"])
def show_reported(request: SignedInRequest, seat: Seat, metric: str) -> HttpResponse:
    """Show one figure, and take it from whoever answers for it."""
    page = metric_page(seat, metric=metric, at=timezone.localtime())
    if page is None:
        raise Http404
    form = None
    if request.method == "POST":
        refuse_unless(page.row.may_report, f"This is reported by: {page.row.who}.")
    if page.row.may_report:
        first = {"reported_at": timezone.now()}
        form = MetricForm(request.POST or None, kind=page.row.kind, initial=first)
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: report_metric(
                project=seat.project,
                report=form.report(metric),
                reporter=seat.user,
                now=timezone.now(),
            ),
            refusals=(ReportRefused,),
        )
    ):
        messages.success(request, "The figure is on record. The gate is judged again with it.")
        return redirect("readiness:reported-list", seat.project.public_id)
    return answer_form(request, "readiness/reported.html", form=form, seat=seat, page=page)


@in_project
@require_http_methods(["GET", "POST"])
def show_status(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the reported status beside the computed one, and take a new one."""
    page = status_page(seat.project)
    may_report = may_report_status(seat)
    if request.method == "POST":
        refuse_unless(may_report, MAY_NOT_REPORT_STATUS)
    form = StatusForm(request.POST or None, gates=page.gates) if may_report else None
    if (
        form is not None
        and form.is_valid()
        and carried_out(
            form,
            lambda: report_status(
                project=seat.project,
                report=form.report(reported_at=timezone.now()),
                reporter=seat.user,
                now=timezone.now(),
            ),
            refusals=(ReportRefused,),
        )
    ):
        messages.success(request, "Your status is on record, beside the computed one.")
        return redirect(request.path)
    return answer_form(request, "readiness/reported_status.html", form=form, seat=seat, page=page)
