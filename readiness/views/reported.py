"""Doors to figures that people report by hand."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from governance.permissions import Seat
from governance.views.entry import (
    SignedInRequest,
    answer_form,
    carried_out,
    in_project,
    refuse_unless,
)
from readiness.forms.reported import MetricForm
from readiness.pages.reported import metric_list, metric_page
from readiness.services.reporting import ReportRefused, report_metric


@in_project
@require_safe
def list_reported(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show which figures somebody has to report, and which are missing."""
    shown = {"seat": seat, "list": metric_list(seat, at=timezone.localtime())}
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
        refuse_unless(
            page.row.may_report, _("This is reported by: %(who)s.") % {"who": page.row.who}
        )
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
        messages.success(request, _("The figure is on record. The gate is judged again with it."))
        return redirect("readiness:reported-list", seat.project.public_id)
    return answer_form(request, "readiness/reported.html", form=form, seat=seat, page=page)
