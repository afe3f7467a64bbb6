"""Doors to the executive report: ask for it, follow it, download it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from governance.permissions import Seat
from governance.tasks import wake_worker
from governance.views.entry import SignedInRequest, in_project
from readiness.models import Snapshot
from reports.models import Report
from reports.pages import file_name, report_list, report_page
from reports.rendering.paper import template_version
from reports.services.keeping import ReportRefused, open_report, request_report


@in_project
@require_safe
def list_reports(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the kept reports of a project."""
    shown = {"seat": seat, "list": report_list(seat.project)}
    return render(request, "reports/report_list.html", shown)


@in_project
@require_POST
def ask_for_report(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Have the newest judgement printed, and go where its progress is shown."""
    judged = Snapshot.objects.visible_to(seat.user).of_projects([seat.project.pk])
    snapshot = judged.made_by(timezone.now()).newest_first().first()
    if snapshot is None:
        messages.error(request, "There is no judgement to print yet. The first comes tonight.")
        return redirect("reports:report-list", seat.project.public_id)
    job = request_report(
        snapshot=snapshot, template_version=template_version(), requested_by=seat.user
    )
    wake_worker(job)
    return redirect("reports:report-detail", seat.project.public_id, snapshot.public_id)


@in_project
@require_safe
def show_report(request: SignedInRequest, seat: Seat, snapshot: UUID) -> HttpResponse:
    """Show how far the report of a judgement has come; htmx asks for the moving part alone."""
    judged = Snapshot.objects.visible_to(seat.user).of_projects([seat.project.pk])
    found = get_object_or_404(judged.select_related("project"), public_id=snapshot)
    shown = {"seat": seat, "page": report_page(found)}
    moving = request.headers.get("HX-Request") == "true"
    return render(request, f"reports/{'_state' if moving else 'report'}.html", shown)


@in_project
@require_safe
def download_report(request: SignedInRequest, seat: Seat, report: UUID) -> HttpResponse:
    """Give out a kept report as a file to save."""
    reports = Report.objects.visible_to(seat.user).of_projects([seat.project.pk])
    found = get_object_or_404(reports.select_related("snapshot", "project"), public_id=report)
    try:
        pdf = open_report(report=found)
    except ReportRefused as refusal:
        messages.error(request, str(refusal))
        names = [seat.project.public_id, found.snapshot.public_id]
        return redirect("reports:report-detail", *names)
    headers = {
        "Content-Disposition": f'attachment; filename="{file_name(found)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)
