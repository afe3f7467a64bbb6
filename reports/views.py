"""Doors to reports and to packs of the record: ask for one, follow it, download it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from governance.models import Signoff
from governance.permissions import Seat
from governance.tasks import wake_worker
from governance.views.entry import SignedInRequest, in_project
from readiness.models import Snapshot
from readiness.pages.signatures import signature_page, utc_text
from reports.models import Report
from reports.pages.packs import pack_list, pack_name
from reports.pages.reports import file_name, report_list, report_page
from reports.rendering.certificates import certificate_name, print_certificate
from reports.rendering.paper import edition_of, language_of
from reports.rendering.press import PressRefused
from reports.services.keeping import ReportRefused, open_report, request_report
from reports.services.packing import PackRefused, open_pack, packs_of, request_pack


@in_project
@require_safe
def list_reports(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the kept reports of a project."""
    number = request.GET.get("page", "")
    shown = report_list(seat.project, language=language_of(get_language()), number=number)
    return render(request, "reports/report_list.html", {"seat": seat, "list": shown})


@in_project
@require_POST
def ask_for_report(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Have a judgement printed in the reader's language, and go where its progress is shown.

    The form names the judgement; without a name it is the newest.
    """
    snapshot = _asked_for(seat, request.POST.get("snapshot", ""))
    if snapshot is None:
        messages.error(request, _("There is no judgement to print yet. The first comes tonight."))
        return redirect("reports:report-list", seat.project.public_id)
    edition = edition_of(language_of(get_language()))
    job = request_report(snapshot=snapshot, edition=edition, requested_by=seat.user)
    wake_worker(job)
    return redirect("reports:report-detail", seat.project.public_id, snapshot.public_id)


def _asked_for(seat: Seat, named: str) -> Snapshot | None:
    """Return the judgement that a form names, or the newest one.

    :raises Http404: it names something else than a judgement of this project.
    """
    judged = Snapshot.objects.visible_to(seat.user).of_projects([seat.project.pk])
    if not named:
        return judged.made_by(timezone.now()).newest_first().first()
    try:
        return get_object_or_404(judged, public_id=named)
    except ValidationError as error:
        raise Http404 from error


@in_project
@require_safe
def show_report(request: SignedInRequest, seat: Seat, snapshot: UUID) -> HttpResponse:
    """Show how far the report of a judgement has come; htmx asks for the moving part alone."""
    judged = Snapshot.objects.visible_to(seat.user).of_projects([seat.project.pk])
    found = get_object_or_404(judged.select_related("project").defer("body"), public_id=snapshot)
    page = report_page(found, language=language_of(get_language()), now=timezone.now())
    moving = request.headers.get("HX-Request") == "true"
    template = f"reports/{'_state' if moving else 'report'}.html"
    return render(request, template, {"seat": seat, "page": page})


@in_project
@require_safe
def download_report(request: SignedInRequest, seat: Seat, report: UUID) -> HttpResponse:
    """Give out a kept report as a file to save."""
    reports = Report.objects.visible_to(seat.user).of_projects([seat.project.pk])
    found = get_object_or_404(reports.select_related("snapshot", "project"), public_id=report)
    try:
        pdf = open_report(report=found)
    except ReportRefused as refusal:
        messages.error(request, _(str(refusal)))
        names = [seat.project.public_id, found.snapshot.public_id]
        return redirect("reports:report-detail", *names)
    return _to_save(pdf, name=file_name(found), content_type="application/pdf")


@in_project
@require_safe
def list_packs(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Show the reader's own exports of the record; htmx asks for the moving part alone."""
    page = pack_list(seat, now=timezone.now())
    moving = request.headers.get("HX-Request") == "true"
    template = f"reports/{'_packs' if moving else 'pack_list'}.html"
    return render(request, template, {"seat": seat, "page": page})


@in_project
@require_POST
def ask_for_pack(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Have the record exported, and go where its progress is shown."""
    wake_worker(request_pack(project=seat.project, requested_by=seat.user))
    return redirect("reports:pack-list", seat.project.public_id)


@in_project
@require_safe
def download_pack(request: SignedInRequest, seat: Seat, pack: UUID) -> HttpResponse:
    """Give out one of the reader's own packs as a file to save."""
    job = get_object_or_404(packs_of(seat.project, exported_by=seat.user), public_id=pack)
    try:
        content = open_pack(job=job)
    except PackRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("reports:pack-list", seat.project.public_id)
    return _to_save(content, name=pack_name(job), content_type="application/zip")


@in_project
@require_safe
def download_checkpoint(request: SignedInRequest, seat: Seat, pack: UUID) -> HttpResponse:
    """Give out the checkpoint over one of the reader's own packs, to be kept apart from it."""
    job = get_object_or_404(packs_of(seat.project, exported_by=seat.user), public_id=pack)
    name = f"{pack_name(job)}.checkpoint"
    note = str(job.payload.get("checkpoint", ""))
    return _to_save(note.encode(), name=name, content_type="text/plain; charset=utf-8")


def _to_save(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)


@in_project
@require_POST
def make_certificate(request: SignedInRequest, seat: Seat, signoff: UUID) -> HttpResponse:
    """Print the certificate of a signature in the reader's language, and give it out."""
    reached = Signoff.objects.filter(project=seat.project).with_everything()
    found = get_object_or_404(reached, public_id=signoff)
    now = timezone.localtime()
    page = signature_page(found, reader=None, at=now)
    language = language_of(get_language())
    try:
        pressed = print_certificate(page, printed_at=utc_text(now), language=language)
    except PressRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("readiness:signature-detail", seat.project.public_id, found.public_id)
    headers = {
        "Content-Disposition": f'attachment; filename="{certificate_name(page)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(pressed.pdf, content_type="application/pdf", headers=headers)
